package dev.lastmile.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Count, Σx and Σx² of scores on the 21 levels, kept as integers so that the order of adding cannot matter. Mutable.
 */
public final class ScoreMoments {

    private static final double SCALE = ScoreHistogram.BINS - 1;

    private long count;
    private long sum;
    private long squares;

    /** Moments of no score. */
    public ScoreMoments() {
        this(0, 0, 0);
    }

    /** Moments as they were read back; see the accessors. */
    public ScoreMoments(long count, long sum, long squares) {
        this.count = count;
        this.sum = sum;
        this.squares = squares;
    }

    /** Adds one score by its bin, 0 to 20. */
    public void add(int bin) {
        count++;
        sum += bin;
        squares += (long) bin * bin;
    }

    /** Adds all scores of a histogram. */
    public void add(ScoreHistogram scores) {
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            long n = scores.get(bin);
            count += n;
            sum += n * bin;
            squares += n * bin * bin;
        }
    }

    /** Adds all of {@code other}. */
    public void add(ScoreMoments other) {
        count += other.count;
        sum += other.sum;
        squares += other.squares;
    }

    /** New moments, {@code this - other}; {@code other} must be contained in these. */
    public ScoreMoments minus(ScoreMoments other) {
        ScoreMoments difference = new ScoreMoments();
        difference.count = count - other.count;
        difference.sum = sum - other.sum;
        difference.squares = squares - other.squares;
        if (difference.count < 0 || difference.sum < 0 || difference.squares < 0) {
            throw new IllegalArgumentException("other must be contained: " + other.count + " of " + count + " scores");
        }
        return difference;
    }

    /** How many scores there are. */
    public long count() {
        return count;
    }

    /** Sum of the bins, 20 for a score of 1. */
    public long sum() {
        return sum;
    }

    /** Sum of the bins' squares. */
    public long squares() {
        return squares;
    }

    /** Mean in [0,1]; refused at n = 0. */
    public double mean() {
        requireSome();
        return sum / SCALE / count;
    }

    /** Population variance Σ(x − mean)²/n; refused at n = 0. */
    public double variance() {
        double mean = mean();
        return Math.max(0, squares / (SCALE * SCALE) / count - mean * mean);
    }

    /**
     * Half-width of the 95 % interval of the mean, by {@link ConfidenceSequence}, with the variance of {@link
     * #meanVariance}. Refused at n = 0.
     */
    public double halfWidth() {
        return ConfidenceSequence.halfWidth(count, Math.sqrt(cautiousVariance()));
    }

    /**
     * v/n, the variance of the mean as an estimate. The variance has one more observation, half a score away from the mean,
     * so that equal scores are not taken for certainty. Refused at n = 0.
     */
    public double meanVariance() {
        return cautiousVariance() / count;
    }

    private double cautiousVariance() {
        return (variance() * count + 0.25) / (count + 1);
    }

    private void requireSome() {
        if (count == 0) {
            throw new IllegalStateException("no scores, so no mean");
        }
    }

    /** Writes the three sums. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeLong(sum);
        out.writeLong(squares);
    }

    /** The inverse of {@link #writeTo}. */
    public static ScoreMoments readFrom(DataInput in) throws IOException {
        return new ScoreMoments(in.readLong(), in.readLong(), in.readLong());
    }
}
