package dev.lastmile.benchmarks.footprint;

import java.util.OptionalDouble;

/**
 * How long an instance took from the start of its JVM until it did its work.
 *
 * @param circumstances what it found
 * @param seconds until it was ready
 * @param restoringSeconds of these, while it read its state back from the broker
 * @param entries of the join's store, in all versions, that were to be read back; 0 where they lay on its disk
 */
record StartUp(String circumstances, double seconds, double restoringSeconds, long entries) {

    StartUp {
        if (!(restoringSeconds >= 0 && restoringSeconds <= seconds)) {
            throw new IllegalArgumentException("restoringSeconds must be in [0, " + seconds + "]: " + restoringSeconds);
        }
    }

    /** Empty where none were read back, or it went too fast to be seen. */
    OptionalDouble entriesPerSecond() {
        return entries > 0 && restoringSeconds > 0
                ? OptionalDouble.of(entries / restoringSeconds)
                : OptionalDouble.empty();
    }
}
