package dev.lastmile.local.simulation.method;

import dev.lastmile.local.simulation.traffic.ScoreTable;
import java.util.SplittableRandom;

/**
 * How much more a slice got worse than its rest since the baseline, each in a measure of its own. Slice and rest have 30
 * scores or more, now and before.
 */
public enum Statistic {

    /**
     * z of the difference in differences, {@code ((x_s − x_c) − (b_s − b_c)) / √(v_s/n_s + v_c/n_c + …)}, with the errors
     * of the baseline's means as well as the window's.
     */
    Z {
        @Override
        Comparison start(long seed) {
            return (slice, now, before) -> {
                double variance = now.variance(slice) / now.count(slice)
                        + now.restVariance(slice) / now.restCount(slice)
                        + before.variance(slice) / before.count(slice)
                        + before.restVariance(slice) / before.restCount(slice);
                return variance == 0 ? 0 : risen(slice, now, before) / Math.sqrt(variance);
            };
        }
    },

    /**
     * The four-fifths rule, 1/.8 = 1.25: the slice's error rate over its rest's, as a multiple of what that was in the
     * baseline.
     */
    RATIO {
        @Override
        Comparison start(long seed) {
            return (slice, now, before) -> {
                double ratio = now.mean(slice) / now.restMean(slice);
                double usual = before.mean(slice) / before.restMean(slice);
                return Double.isNaN(ratio / usual) ? 0 : ratio / usual;
            };
        }
    },

    /**
     * The lower end of a bootstrap percentile interval, 95 %, of the window's x_s − x_c, minus b_s − b_c: how far the whole
     * interval is above what a service card allows. Each score's weight is Poisson(1), the bootstrap of streams; counts of
     * equal scores are drawn at once.
     */
    BOOTSTRAP {
        @Override
        Comparison start(long seed) {
            return new PoissonBootstrap(new SplittableRandom(seed));
        }
    };

    /** One comparison of a window with the baseline. */
    interface Comparison {
        double of(int slice, ScoreTable now, ScoreTable before);
    }

    abstract Comparison start(long seed);

    static double risen(int slice, ScoreTable now, ScoreTable before) {
        return now.mean(slice) - now.restMean(slice) - (before.mean(slice) - before.restMean(slice));
    }
}
