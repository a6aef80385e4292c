package dev.lastmile.stats;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Durations on a logarithmic scale: bin k holds delays of [2^k − 1, 2^(k+1) − 1) seconds, so that quantiles are known
 * within a factor of two from 30 mergeable counters. Mutable.
 */
public final class DelayHistogram {

    /** 2^29 seconds is 17 years: nothing is beyond the last bin. */
    public static final int BINS = 30;

    private final long[] counts = new long[BINS];

    /** Counts one delay; a negative one (a truth known before the inference) counts as 0. */
    public void add(long delayMs) {
        add(binOf(delayMs), 1);
    }

    /** Adds to one bin, 0 to {@link #BINS} − 1. */
    public void add(int bin, long count) {
        counts[bin] += count;
    }

    /** Adds all of {@code other}. */
    public void add(DelayHistogram other) {
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] += other.counts[bin];
        }
    }

    /** How many delays are in a bin, 0 to {@link #BINS} − 1. */
    public long get(int bin) {
        return counts[bin];
    }

    /** How many delays there are. */
    public long count() {
        long n = 0;
        for (long count : counts) {
            n += count;
        }
        return n;
    }

    /**
     * The median delay in seconds: the geometric middle of the bin that holds it, so within a factor of two.
     *
     * @return empty where there is no delay
     */
    public OptionalDouble medianSeconds() {
        long n = count();
        if (n <= 0) {
            return OptionalDouble.empty();
        }
        long below = 0;
        for (int bin = 0; bin < BINS; bin++) {
            below += counts[bin];
            if (2 * below >= n) {
                return OptionalDouble.of(Math.scalb(Math.sqrt(2), bin) - 1);
            }
        }
        throw new IllegalStateException("the bins hold " + below + " of " + n);
    }

    /**
     * A delay that at least this share of all do not exceed: the upper end of the bin that holds the quantile q, so at most
     * 2·q + 1 seconds.
     *
     * @param share in (0, 1], else {@link IllegalArgumentException}
     * @return seconds; empty where there is no delay
     */
    public OptionalLong upperQuantileSeconds(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in (0, 1]: " + share);
        }
        long n = count();
        if (n <= 0) {
            return OptionalLong.empty();
        }
        long upTo = 0;
        int bin = -1;
        while (upTo < share * n) {
            upTo += counts[++bin];
        }
        return OptionalLong.of((1L << (bin + 1)) - 1);
    }

    /** The bin a delay falls into. */
    public static int binOf(long delayMs) {
        long secondsPlusOne = Math.max(0, delayMs) / 1000 + 1;
        return Math.min(BINS - 1, 63 - Long.numberOfLeadingZeros(secondsPlusOne));
    }
}
