package dev.lastmile.benchmarks.latency;

/**
 * How one trouble became an alert; epoch milliseconds.
 *
 * @param truthMs when the broker appended the first of the ground truths that tip the balance
 * @param deltaMs when it appended the sums that hold them
 * @param alertMs when it appended the alert
 * @param visibleMs when a consumer that reads only what is committed had the alert; by a clock of the same machine
 */
record Journey(long truthMs, long deltaMs, long alertMs, long visibleMs) {

    Journey {
        if (!(truthMs <= deltaMs && deltaMs <= alertMs && alertMs <= visibleMs)) {
            throw new IllegalArgumentException(
                    "times must ascend: " + truthMs + ", " + deltaMs + ", " + alertMs + ", " + visibleMs);
        }
    }

    /** From the ground truth to the alert, in milliseconds. */
    long latencyMs() {
        return alertMs - truthMs;
    }
}
