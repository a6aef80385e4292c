package dev.lastmile.topology;

import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselineLearning;
import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.detection.StateFormat;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/** A baseline that is being learned: from what, on whose word, and how far it is. Mutable. */
final class BaselineDraft {

    private static final byte FORMAT = 1;

    private final BaselinePlan.Learned plan;
    private final String setBy;
    private final BaselineLearning sums;
    private long firstBucketMs;
    private long lastBucketEndMs;

    /** Nothing is learned yet. */
    BaselineDraft(BaselinePlan.Learned plan, String setBy) {
        this(plan, setBy, new BaselineLearning(), Long.MAX_VALUE, Long.MIN_VALUE);
    }

    private BaselineDraft(
            BaselinePlan.Learned plan, String setBy, BaselineLearning sums, long firstBucketMs, long lastBucketEndMs) {
        this.plan = plan;
        this.setBy = setBy;
        this.sums = sums;
        this.firstBucketMs = firstBucketMs;
        this.lastBucketEndMs = lastBucketEndMs;
    }

    /** Who or what will have set it. */
    String setBy() {
        return setBy;
    }

    /** Labelled inferences of the deployment so far. */
    long labelled() {
        return sums.labelled();
    }

    /** Every slice as it would be if it were frozen now. */
    Map<Slice, SliceBaseline> parts() {
        return sums.parts();
    }

    /**
     * Adds what was counted in a cell, if the plan wants it.
     *
     * @return whether it did
     */
    boolean add(CellKey key, SliceCounts counts, long bucketMs) {
        long startMs = key.bucketStartMs();
        if (plan instanceof BaselinePlan.Range range
                && (startMs < range.fromMs() || startMs >= range.toExclusiveMs())) {
            return false;
        }
        sums.add(key.slice(), counts);
        firstBucketMs = Math.min(firstBucketMs, startMs);
        lastBucketEndMs = Math.max(lastBucketEndMs, startMs + bucketMs);
        return true;
    }

    /** Whether it holds what the plan asks for, at this time on the clock of broker append times. */
    boolean isComplete(long clockMs) {
        if (plan instanceof BaselinePlan.FirstLabelled first) {
            return sums.labelled() >= first.labelled();
        }
        BaselinePlan.Range range = (BaselinePlan.Range) plan;
        return sums.labelled() > 0
                && clockMs >= range.toExclusiveMs() + range.settle().toMillis();
    }

    /** The baseline it has become. */
    Baseline freeze(double designEffect, long clockMs) {
        if (plan instanceof BaselinePlan.Range range) {
            return sums.freeze(Baseline.Source.RANGE, range.fromMs(), range.toExclusiveMs(), clockMs, designEffect);
        }
        return sums.freeze(Baseline.Source.LEARNED, firstBucketMs, lastBucketEndMs, clockMs, designEffect);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        plan.writeTo(out);
        out.writeUTF(setBy);
        out.writeLong(firstBucketMs);
        out.writeLong(lastBucketEndMs);
        sums.writeTo(out);
    }

    static BaselineDraft readFrom(DataInput in) throws IOException {
        StateFormat.require("baseline being drafted", FORMAT, in);
        BaselinePlan.Learned plan = BaselinePlan.Learned.readFrom(in);
        String setBy = in.readUTF();
        long firstBucketMs = in.readLong();
        long lastBucketEndMs = in.readLong();
        return new BaselineDraft(plan, setBy, BaselineLearning.readFrom(in), firstBucketMs, lastBucketEndMs);
    }
}
