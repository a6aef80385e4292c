package dev.lastmile.benchmarks.latency;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/**
 * What independent measurements say of the distribution that they come from.
 *
 * @param sorted all of them, ascending, one at least
 */
record Percentiles(List<Double> sorted) {

    private static final double DOUBT = 0.05;

    Percentiles {
        sorted = sorted.stream().sorted().toList();
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("measurements must be >= 1: 0");
        }
    }

    static Percentiles of(LongStream measurements) {
        return new Percentiles(measurements.asDoubleStream().boxed().toList());
    }

    int count() {
        return sorted.size();
    }

    /** The least of them that is not exceeded by this share of them: the nearest rank, nothing is interpolated. */
    double at(double share) {
        requireShare(share);
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    double max() {
        return sorted.get(sorted.size() - 1);
    }

    double mean() {
        return sorted.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /**
     * What the percentile of the distribution itself, whatever its form, does not exceed, with 95 % confidence: the k-th least
     * of n where P(Bin(n, share) ≥ k) ≤ 5 %, as it lies below the percentile only if k or more do (David and Nagaraja, Order
     * Statistics, 2003, section 7.1). Empty where there are too few: of the 99th percentile 299 say something.
     */
    OptionalDouble upperBound(double share) {
        requireShare(share);
        int n = sorted.size();
        double exactly = Math.pow(share, n);
        double tail = exactly;
        if (tail > DOUBT) {
            return OptionalDouble.empty();
        }
        int k = n;
        while (k > 1) {
            exactly *= k / (n - k + 1.0) * (1 - share) / share;
            if (tail + exactly > DOUBT) {
                break;
            }
            tail += exactly;
            k--;
        }
        return OptionalDouble.of(sorted.get(k - 1));
    }

    private static void requireShare(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share must be in (0, 1): " + share);
        }
    }
}
