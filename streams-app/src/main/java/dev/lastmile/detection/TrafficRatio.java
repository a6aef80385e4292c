package dev.lastmile.detection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * ρ as it runs: how many scores a slice has for each of its rest, of late. From counts alone, so that it may steer bets
 * without spoiling them. Mutable.
 *
 * <p>Every score counts, also of batches in which the slice has none. What was paired would not do: the rest of a bucket
 * without the slice is never paired, so that in small buckets a rare slice would come to look like half of the traffic.
 */
final class TrafficRatio {

    /** Of late: about this many scores of slice and rest together. */
    private static final double MEMORY = 2_000;

    /** From this many scores on, what was seen tells the ratio well enough. */
    private static final double KNOWN = 100;

    /** What is forgotten leaves a trace, so that a ratio stays a number. */
    private static final double LEAST = 1e-6;

    /** One score each to begin with, so that a slice of most of the traffic is not shut out before it is known. */
    private double slice = 1;

    private double rest = 1;
    private long parentScores = -1;

    /** Of the last batch: what of the rest may yet turn out to be of the slice, and what a score of it weighs. */
    private double restOfBatch;

    private double scale = 1;

    /** ρ from the past. */
    double ratio() {
        return slice / rest;
    }

    /** ρ for a decision about what is pending: until enough is known, the pending counts speak too. */
    double ratioWith(long sliceCount, long restCount) {
        return slice + rest >= KNOWN ? ratio() : (slice + sliceCount) / (rest + restCount);
    }

    /**
     * Takes in what came since the last time. One batch may come in parts, one for each of its buckets: the parent then
     * stands where it stood, and the part is of what was taken for scores of the rest.
     *
     * @param sliceCount new scores of the slice
     * @param parentScoresNow scores of slice and rest since ever
     */
    void add(long sliceCount, long parentScoresNow) {
        if (parentScoresNow == parentScores) {
            double moved = Math.min(sliceCount * scale, restOfBatch);
            restOfBatch -= moved;
            slice += moved;
            rest = Math.max(LEAST, rest - moved);
            return;
        }
        if (parentScores >= 0) {
            double restCount = Math.max(0, parentScoresNow - parentScores - sliceCount);
            scale = Math.min(1, MEMORY / (slice + rest + sliceCount + restCount));
            restOfBatch = restCount * scale;
            slice = Math.max(LEAST, (slice + sliceCount) * scale);
            rest = Math.max(LEAST, (rest + restCount) * scale);
        }
        // The first time, what came before is from when the slice was not there, and is no part of its usual traffic.
        parentScores = parentScoresNow;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeDouble(slice);
        out.writeDouble(rest);
        out.writeLong(parentScores);
        out.writeDouble(restOfBatch);
        out.writeDouble(scale);
    }

    static TrafficRatio readFrom(DataInput in) throws IOException {
        TrafficRatio ratio = new TrafficRatio();
        ratio.slice = in.readDouble();
        ratio.rest = in.readDouble();
        ratio.parentScores = in.readLong();
        ratio.restOfBatch = in.readDouble();
        ratio.scale = in.readDouble();
        return ratio;
    }
}
