package dev.lastmile.export;

/**
 * Whether this process does its work, and if not, why.
 *
 * @param ready records are being processed and what is shown is complete
 * @param restoring state is being restored: statistics would be partial sums, so they are not served
 * @param state the state of the stream, for example {@code RUNNING}
 * @param reason one sentence for a human; says what is being done when ready
 */
public record Readiness(boolean ready, boolean restoring, String state, String reason) {

    public Readiness {
        if (ready && restoring) {
            throw new IllegalArgumentException("ready must not be true while restoring");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason must not be blank");
        }
    }
}
