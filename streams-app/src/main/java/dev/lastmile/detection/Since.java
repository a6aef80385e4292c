package dev.lastmile.detection;

import dev.lastmile.stats.ScoreHistogram;
import dev.lastmile.stats.ScoreMoments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What was observed of a slice and its rest since a moment: sums, and the event-time window they span. Mutable. */
final class Since {

    private final ScoreMoments slice;
    private final ScoreMoments rest;
    private long windowStartMs;
    private long windowEndExclusiveMs;

    Since() {
        this(new ScoreMoments(), new ScoreMoments(), Long.MAX_VALUE, Long.MIN_VALUE);
    }

    private Since(ScoreMoments slice, ScoreMoments rest, long windowStartMs, long windowEndExclusiveMs) {
        this.slice = slice;
        this.rest = rest;
        this.windowStartMs = windowStartMs;
        this.windowEndExclusiveMs = windowEndExclusiveMs;
    }

    /** What a slice and its rest scored in an event-time window. */
    static Since of(ScoreHistogram slice, ScoreHistogram rest, long windowStartMs, long windowEndExclusiveMs) {
        Since since = new Since(new ScoreMoments(), new ScoreMoments(), windowStartMs, windowEndExclusiveMs);
        since.slice.add(slice);
        since.rest.add(rest);
        return since;
    }

    void add(ScoreHistogram sliceScores, ScoreHistogram restScores, Look look) {
        slice.add(sliceScores);
        rest.add(restScores);
        windowStartMs = Math.min(windowStartMs, look.bucketStartMs());
        windowEndExclusiveMs = Math.max(windowEndExclusiveMs, look.bucketEndExclusiveMs());
    }

    void add(Since other) {
        slice.add(other.slice);
        rest.add(other.rest);
        windowStartMs = Math.min(windowStartMs, other.windowStartMs);
        windowEndExclusiveMs = Math.max(windowEndExclusiveMs, other.windowEndExclusiveMs);
    }

    /** What is here and not in {@code part}, which must be contained in this; the window stays as it is. */
    Since minus(Since part) {
        return new Since(slice.minus(part.slice), rest.minus(part.rest), windowStartMs, windowEndExclusiveMs);
    }

    boolean isEmpty() {
        return slice.count() == 0;
    }

    ScoreMoments slice() {
        return slice;
    }

    ScoreMoments rest() {
        return rest;
    }

    long windowStartMs() {
        return windowStartMs;
    }

    long windowEndExclusiveMs() {
        return windowEndExclusiveMs;
    }

    void writeTo(DataOutput out) throws IOException {
        slice.writeTo(out);
        rest.writeTo(out);
        out.writeLong(windowStartMs);
        out.writeLong(windowEndExclusiveMs);
    }

    static Since readFrom(DataInput in) throws IOException {
        return new Since(ScoreMoments.readFrom(in), ScoreMoments.readFrom(in), in.readLong(), in.readLong());
    }
}
