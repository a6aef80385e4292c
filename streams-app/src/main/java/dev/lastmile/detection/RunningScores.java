package dev.lastmile.detection;

import dev.lastmile.stats.ConfidenceSequence;
import dev.lastmile.stats.Interval;
import dev.lastmile.stats.ScoreMoments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * Mean and variance of a slice and mean of its rest, of late. Slice and rest are forgotten at one pace, so that a shift
 * that both share does not look like a difference. Mutable.
 */
final class RunningScores {

    /** Of late: at most this many scores of the slice, and of the rest. */
    private static final double SLICE_MEMORY = 2_000;

    private static final double REST_MEMORY = 100_000;

    /** Before anything is known: a mean and a variance usual for recognisers and classifiers, and their weight in scores. */
    private static final double USUAL_MEAN = 0.15;

    private static final double USUAL_VARIANCE = 0.06;
    private static final double USUAL_WEIGHT = 20;

    private double sliceCount;
    private double sliceSum;
    private double sliceSquares;
    private double restCount;
    private double restSum;

    void add(ScoreMoments slice, ScoreMoments rest) {
        sliceCount += slice.count();
        sliceSum += slice.count() * slice.mean();
        sliceSquares += slice.count() * (slice.variance() + slice.mean() * slice.mean());
        restCount += rest.count();
        restSum += rest.count() * rest.mean();
        double kept = Math.min(1, Math.min(SLICE_MEMORY / sliceCount, REST_MEMORY / restCount));
        sliceCount *= kept;
        sliceSum *= kept;
        sliceSquares *= kept;
        restCount *= kept;
        restSum *= kept;
    }

    /** m_c, drawn to the usual. */
    double restMean() {
        return (USUAL_WEIGHT * USUAL_MEAN + restSum) / (USUAL_WEIGHT + restCount);
    }

    /** v_s, drawn to the usual and never below {@link Reference#LEAST_VARIANCE}. */
    double sliceVariance() {
        double mean = sliceCount == 0 ? 0 : sliceSum / sliceCount;
        double deviations = Math.max(0, sliceSquares - sliceCount * mean * mean);
        return Math.max(
                Reference.LEAST_VARIANCE, (USUAL_WEIGHT * USUAL_VARIANCE + deviations) / (USUAL_WEIGHT + sliceCount));
    }

    /** Scores of the slice that are remembered, as a weight. */
    double sliceCount() {
        return sliceCount;
    }

    /** Scores of the rest that are remembered, as a weight. */
    double restCount() {
        return restCount;
    }

    /** Mean of the slice minus mean of the rest, as they are; NaN where either has none. */
    double difference() {
        return sliceSum / sliceCount - restSum / restCount;
    }

    /** {@link #difference} with its interval, by the slice's scores alone; empty before the first pair. */
    Optional<Effect> gap(long labelled, long windowStartMs, long windowEndExclusiveMs) {
        if (sliceCount < 1 || restCount < 1) {
            return Optional.empty();
        }
        double half = ConfidenceSequence.halfWidth(Math.round(sliceCount), Math.sqrt(sliceVariance()));
        return Optional.of(new Effect(
                difference(),
                new Interval(difference() - half, difference() + half),
                sliceSum / sliceCount,
                restSum / restCount,
                null,
                null,
                labelled,
                new Effect.Basis(Math.round(sliceCount), Math.round(restCount), 0, 0),
                windowStartMs,
                windowEndExclusiveMs,
                null,
                null));
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(sliceCount);
        out.writeDouble(sliceSum);
        out.writeDouble(sliceSquares);
        out.writeDouble(restCount);
        out.writeDouble(restSum);
    }

    static RunningScores readFrom(DataInput in) throws IOException {
        RunningScores running = new RunningScores();
        running.sliceCount = in.readDouble();
        running.sliceSum = in.readDouble();
        running.sliceSquares = in.readDouble();
        running.restCount = in.readDouble();
        running.restSum = in.readDouble();
        return running;
    }
}
