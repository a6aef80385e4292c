package dev.lastmile.local.simulation.traffic;

import dev.lastmile.stats.ScoreHistogram;
import java.util.Arrays;

/** The scores of all slices, level by level, with sums that make means and variances cheap. Mutable. */
public final class ScoreTable {

    private static final double SCALE = ScoreHistogram.BINS - 1;

    private final SliceSpace space;
    private final int[][] counts;
    private final long[] n;
    private final long[] sums;
    private final long[] squares;

    public ScoreTable(SliceSpace space) {
        this.space = space;
        counts = new int[space.size()][ScoreHistogram.BINS];
        n = new long[space.size()];
        sums = new long[space.size()];
        squares = new long[space.size()];
    }

    /** Adds all labels of a batch. */
    public void add(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            add(batch.cell(i), batch.bin(i));
        }
    }

    /** Adds one label. */
    public void add(int cell, int bin) {
        for (int slice : space.slicesOf(cell)) {
            counts[slice][bin]++;
            n[slice]++;
            sums[slice] += bin;
            squares[slice] += (long) bin * bin;
        }
    }

    /** Takes everything away. */
    public void clear() {
        for (int[] its : counts) {
            Arrays.fill(its, 0);
        }
        Arrays.fill(n, 0);
        Arrays.fill(sums, 0);
        Arrays.fill(squares, 0);
    }

    /** How many scores a slice has at a level. */
    public int count(int slice, int bin) {
        return counts[slice][bin];
    }

    /** How many scores a slice has. */
    public long count(int slice) {
        return n[slice];
    }

    /** How many its rest has: its parent without it. */
    public long restCount(int slice) {
        return n[space.parent(slice)] - n[slice];
    }

    /** The mean score of a slice; NaN without scores. */
    public double mean(int slice) {
        return sums[slice] / SCALE / n[slice];
    }

    /** The mean score of its rest; NaN without scores. */
    public double restMean(int slice) {
        return (sums[space.parent(slice)] - sums[slice]) / SCALE / restCount(slice);
    }

    /** The population variance of a slice's scores; NaN without scores. */
    public double variance(int slice) {
        return variance(n[slice], sums[slice], squares[slice]);
    }

    /** The population variance of its rest's scores; NaN without scores. */
    public double restVariance(int slice) {
        int parent = space.parent(slice);
        return variance(restCount(slice), sums[parent] - sums[slice], squares[parent] - squares[slice]);
    }

    private static double variance(long count, long sum, long square) {
        double mean = sum / SCALE / count;
        return Math.max(0, square / (SCALE * SCALE) / count - mean * mean);
    }

    /** A slice's scores as the product keeps them. */
    public ScoreHistogram histogram(int slice) {
        ScoreHistogram histogram = new ScoreHistogram();
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            histogram.add(bin, counts[slice][bin]);
        }
        return histogram;
    }

    /** The slices. */
    public SliceSpace space() {
        return space;
    }
}
