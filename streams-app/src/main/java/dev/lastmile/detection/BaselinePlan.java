package dev.lastmile.detection;

import java.time.Duration;

/** Where a deployment's baseline comes from. */
public sealed interface BaselinePlan {

    /** There is none: only {@link Verdict#DISPARITY} is watched. */
    record None() implements BaselinePlan {}

    /**
     * The first labelled inferences of the deployment.
     *
     * @param labelled how many, at least 1
     */
    record FirstLabelled(long labelled) implements BaselinePlan {
        public FirstLabelled {
            if (labelled < 1) {
                throw new IllegalArgumentException("labelled must be >= 1: " + labelled);
            }
        }
    }

    /**
     * The inferences that occurred in a time range, frozen once their labels had time to come.
     *
     * @param fromMs start of the range, epoch milliseconds
     * @param toExclusiveMs end of the range, after its start
     * @param settle how long after the end labels are waited for
     */
    record Range(long fromMs, long toExclusiveMs, Duration settle) implements BaselinePlan {
        public Range {
            if (toExclusiveMs <= fromMs) {
                throw new IllegalArgumentException("toExclusiveMs must be > fromMs: " + fromMs + ", " + toExclusiveMs);
            }
            if (settle.isNegative()) {
                throw new IllegalArgumentException("settle must not be negative: " + settle);
            }
        }
    }

    /**
     * A finished baseline, such as a service card.
     *
     * @param baseline the baseline
     */
    record Given(Baseline baseline) implements BaselinePlan {}
}
