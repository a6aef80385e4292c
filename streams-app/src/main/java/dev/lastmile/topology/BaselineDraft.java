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
import java.util.function.Supplier;

/**
 * A baseline that is being learned: from what, on whose word, and how far it is. Mutable.
 *
 * <p>What is learned from the labels to come is all that was counted since it began. So its sums, some 90 bytes a slice, are
 * not written with it again and again but follow from the totals; see {@link BaselineKeeper}.
 */
final class BaselineDraft {

    private static final byte FORMAT = 2;

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

    /** Whether all counts belong to it, whatever their time. */
    private static boolean takesAll(BaselinePlan.Learned plan) {
        return plan instanceof BaselinePlan.FirstLabelled;
    }

    /** Whether its sums are all that was counted since it began. */
    boolean takesAll() {
        return takesAll(plan);
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
     * @return whether it has to be written again
     */
    boolean add(CellKey key, SliceCounts counts, long bucketMs) {
        long startMs = key.bucketStartMs();
        if (plan instanceof BaselinePlan.Range range
                && (startMs < range.fromMs() || startMs >= range.toExclusiveMs())) {
            return false;
        }
        sums.add(key.slice(), counts);
        boolean isLonger = startMs < firstBucketMs || startMs + bucketMs > lastBucketEndMs;
        firstBucketMs = Math.min(firstBucketMs, startMs);
        lastBucketEndMs = Math.max(lastBucketEndMs, startMs + bucketMs);
        return isLonger || !takesAll();
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
        if (!takesAll()) {
            sums.writeTo(out);
        }
    }

    /**
     * The inverse of {@link #writeTo}.
     *
     * @param sinceItBegan all that was counted since, for a draft that takes all
     */
    static BaselineDraft readFrom(DataInput in, Supplier<BaselineLearning> sinceItBegan) throws IOException {
        StateFormat.require("baseline being drafted", FORMAT, in);
        BaselinePlan.Learned plan = BaselinePlan.Learned.readFrom(in);
        String setBy = in.readUTF();
        long firstBucketMs = in.readLong();
        long lastBucketEndMs = in.readLong();
        BaselineLearning sums = takesAll(plan) ? sinceItBegan.get() : BaselineLearning.readFrom(in);
        return new BaselineDraft(plan, setBy, sums, firstBucketMs, lastBucketEndMs);
    }
}
