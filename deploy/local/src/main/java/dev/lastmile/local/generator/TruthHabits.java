package dev.lastmile.local.generator;

import java.util.List;
import java.util.SplittableRandom;

/**
 * When people say what was right: mostly seconds after the inference, sometimes before it, twice, wrongly at first, or
 * never. The same for every slice, so that labels say nothing about errors.
 */
final class TruthHabits {

    /** A truth comes at most this long before its inference. */
    static final long EARLIEST_MS = 1_000;

    private static final double NEVER = 0.10;
    private static final double EARLY = 0.03;
    private static final double TWICE = 0.03;
    private static final double CORRECTED = 0.04;
    private static final long SHORTEST_DELAY_MS = 200;
    private static final double MEAN_FURTHER_DELAY_MS = 1_500;
    private static final long LONGEST_DELAY_MS = 12_000;
    private static final long SECOND_COPY_AFTER_MS = 1_000;
    private static final long CORRECTION_AFTER_MS = 2_000;

    /**
     * One ground truth of an inference.
     *
     * @param observedAfterMs when it became known, from the inference's time
     * @param sentAfterMs when it is sent, likewise
     * @param revision 0, or higher for a correction
     * @param hurried whether it may be wrong
     */
    record Planned(long observedAfterMs, long sentAfterMs, int revision, boolean hurried) {}

    /** The ground truths of one inference. */
    List<Planned> draw(SplittableRandom random) {
        double habit = random.nextDouble();
        long delay = delayMs(random);
        if (habit < NEVER) {
            return List.of();
        }
        habit -= NEVER;
        if (habit < EARLY) {
            long before = 1 + random.nextLong(EARLIEST_MS);
            return List.of(new Planned(-before, -before, 0, false));
        }
        habit -= EARLY;
        if (habit < TWICE) {
            return List.of(
                    new Planned(delay, delay, 0, false), new Planned(delay, delay + SECOND_COPY_AFTER_MS, 0, false));
        }
        habit -= TWICE;
        if (habit < CORRECTED) {
            long corrected = delay + CORRECTION_AFTER_MS;
            return List.of(new Planned(delay, delay, 0, true), new Planned(corrected, corrected, 1, false));
        }
        return List.of(new Planned(delay, delay, 0, false));
    }

    private static long delayMs(SplittableRandom random) {
        // StrictMath: the same seed gives the same traffic on every machine.
        double further = -MEAN_FURTHER_DELAY_MS * StrictMath.log(1 - random.nextDouble());
        return Math.min(LONGEST_DELAY_MS, SHORTEST_DELAY_MS + (long) further);
    }
}
