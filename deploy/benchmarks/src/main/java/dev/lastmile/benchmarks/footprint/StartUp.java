package dev.lastmile.benchmarks.footprint;

import java.util.OptionalDouble;

/**
 * How long an instance took from the start of its JVM until it did its work.
 *
 * @param circumstances what it found
 * @param seconds until it was ready
 * @param idleSeconds of these, until it began to read its state back, or until it was ready if it had none to read: JVM, and
 *     the group that has to let it in
 * @param restoringSeconds of these, while it read its state back from the broker
 * @param records of all changelogs that it read back, about
 * @param entries of the join's store, in all versions, that were in them; 0 where they lay on its disk
 */
record StartUp(
        String circumstances, double seconds, double idleSeconds, double restoringSeconds, long records, long entries) {

    StartUp {
        if (!(idleSeconds >= 0 && restoringSeconds >= 0 && idleSeconds + restoringSeconds <= seconds)) {
            throw new IllegalArgumentException(
                    "parts must be in [0, " + seconds + "]: " + idleSeconds + ", " + restoringSeconds);
        }
    }

    /** Empty where none were read back, or it went too fast to be seen. */
    OptionalDouble entriesPerSecond() {
        return entries > 0 && restoringSeconds > 0
                ? OptionalDouble.of(entries / restoringSeconds)
                : OptionalDouble.empty();
    }
}
