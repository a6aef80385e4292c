package dev.lastmile.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Counts of scores on the 21 levels 0, 1/20, …, 1. Additive and exact: the order of merging cannot matter.
 *
 * <p>A score is a number in [0,1]; bin b stands for the value b/20. For 0/1 metrics only bins 0 and 20 are used.
 */
public final class ScoreHistogram {

    /** Number of levels. */
    public static final int BINS = 21;

    private static final double[] VALUES = new double[BINS];

    static {
        for (int bin = 0; bin < BINS; bin++) {
            VALUES[bin] = bin / (double) (BINS - 1);
        }
    }

    private final long[] counts;

    /** A histogram without scores. */
    public ScoreHistogram() {
        this(new long[BINS]);
    }

    private ScoreHistogram(long[] counts) {
        this.counts = counts;
    }

    /** The value of a bin, in [0,1]. */
    public static double valueOf(int bin) {
        return VALUES[bin];
    }

    /** Adds {@code count} scores of the bin's value; {@code count} may be negative as long as the bin stays >= 0. */
    public ScoreHistogram add(int bin, long count) {
        long sum = counts[bin] + count;
        if (sum < 0) {
            throw new IllegalStateException("bin " + bin + " must stay >= 0: " + sum);
        }
        counts[bin] = sum;
        return this;
    }

    /** Adds all of {@code other}. */
    public ScoreHistogram add(ScoreHistogram other) {
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] += other.counts[bin];
        }
        return this;
    }

    /** A new histogram, {@code this - other}; {@code other} must be contained in this one. */
    public ScoreHistogram minus(ScoreHistogram other) {
        return new ScoreHistogram().setDifference(this, other);
    }

    /** Becomes {@code all - part}, whatever it was; {@code part} must be contained in {@code all}. */
    public ScoreHistogram setDifference(ScoreHistogram all, ScoreHistogram part) {
        for (int bin = 0; bin < BINS; bin++) {
            long difference = all.counts[bin] - part.counts[bin];
            if (difference < 0) {
                throw new IllegalStateException("bin " + bin + " must stay >= 0: " + difference);
            }
            counts[bin] = difference;
        }
        return this;
    }

    /** Becomes equal to another one, and changes by itself. */
    public void set(ScoreHistogram other) {
        System.arraycopy(other.counts, 0, counts, 0, BINS);
    }

    /** One with the same counts that changes by itself. */
    public ScoreHistogram copy() {
        return new ScoreHistogram(counts.clone());
    }

    /** How many scores have the bin's value. */
    public long get(int bin) {
        return counts[bin];
    }

    /** How many scores there are. */
    public long count() {
        long n = 0;
        for (long count : counts) {
            n += count;
        }
        return n;
    }

    /** Σx, in score units. */
    public double sum() {
        long weighted = 0;
        for (int bin = 1; bin < BINS; bin++) {
            weighted += bin * counts[bin];
        }
        return weighted / (double) (BINS - 1);
    }

    /** The mean score in [0,1]; undefined, and refused, at n = 0. */
    public double mean() {
        return sum() / requireSome();
    }

    /** The population variance Σ(x−mean)²/n; undefined, and refused, at n = 0. */
    public double variance() {
        long n = requireSome();
        long weighted = 0;
        long squared = 0;
        for (int bin = 1; bin < BINS; bin++) {
            weighted += bin * counts[bin];
            squared += (long) bin * bin * counts[bin];
        }
        double scale = BINS - 1;
        double mean = weighted / scale / n;
        return Math.max(0, squared / (scale * scale) / n - mean * mean);
    }

    /** Writes the bins that are not empty: most slices of most buckets have few. */
    public void writeTo(DataOutput out) throws IOException {
        int filled = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] != 0) {
                filled |= 1 << bin;
            }
        }
        out.writeInt(filled);
        for (long count : counts) {
            if (count != 0) {
                out.writeLong(count);
            }
        }
    }

    /** The inverse of {@link #writeTo}. */
    public static ScoreHistogram readFrom(DataInput in) throws IOException {
        int filled = in.readInt();
        ScoreHistogram histogram = new ScoreHistogram();
        for (int bin = 0; bin < BINS; bin++) {
            if ((filled >> bin & 1) == 1) {
                histogram.counts[bin] = in.readLong();
            }
        }
        return histogram;
    }

    private long requireSome() {
        long n = count();
        if (n == 0) {
            throw new IllegalStateException("no scores, so no mean");
        }
        return n;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreHistogram histogram && Arrays.equals(counts, histogram.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(counts);
    }
}
