package dev.lastmile.topology;

import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselineLearning;
import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.Reference;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.topology.serde.DeploymentKeys.Part;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Learns a deployment's baseline as its plan says, freezes it, and keeps it. */
final class BaselineKeeper {

    private final BaselinePlan plan;
    private final DeploymentStore store;
    private final BaselineLearning learning;
    private @Nullable Baseline baseline;
    private long firstBucketMs = Long.MAX_VALUE;
    private long lastBucketEndMs = Long.MIN_VALUE;

    BaselineKeeper(BaselinePlan plan, DeploymentStore store) {
        this.plan = plan;
        this.store = store;
        if (plan instanceof BaselinePlan.Given given) {
            baseline = given.baseline();
        } else if (!(plan instanceof BaselinePlan.None)) {
            baseline = store.read(Part.BASELINE, Baseline::readFrom).orElse(null);
        }
        learning = baseline == null
                ? store.read(Part.LEARNING, this::readLearning).orElseGet(BaselineLearning::new)
                : new BaselineLearning();
    }

    /** The frozen baseline's version; absent while there is none. */
    @Nullable
    String version() {
        return baseline == null ? null : baseline.version();
    }

    /** The frozen baseline. */
    @Nullable
    Baseline baseline() {
        return baseline;
    }

    /** Errors over trials of a slice in the frozen baseline; absent where it holds no counts of them. */
    @Nullable
    Double ratioOf(@Nullable Slice slice) {
        SliceBaseline its =
                baseline == null || slice == null ? null : baseline.slices().get(slice);
        return its == null || its.trials() == 0 ? null : its.errors() / (double) its.trials();
    }

    /** Labelled inferences learned so far; absent when nothing is being learned. */
    @Nullable
    Long progress() {
        return baseline != null || plan instanceof BaselinePlan.None ? null : learning.labelled();
    }

    @Nullable
    Reference referenceFor(Slice slice, DeploymentPolicy policy) {
        return baseline == null
                ? null
                : baseline.referenceFor(slice, policy.detection().minimumBaseline())
                        .orElse(null);
    }

    /**
     * Learns from a batch.
     *
     * @param weight how much of one labelled inference each counts as
     * @return whether the baseline was frozen just now, the batch being the last part of it
     */
    boolean learn(Map<CellKey, SliceCounts> batch, DeploymentPolicy policy, double weight, long clockMs) {
        if (baseline != null) {
            return false;
        }
        if (plan instanceof BaselinePlan.FirstLabelled first) {
            add(batch, policy, Long.MIN_VALUE, Long.MAX_VALUE);
            return learning.labelled() >= first.labelled()
                    && freeze(Baseline.Source.LEARNED, firstBucketMs, lastBucketEndMs, weight, clockMs);
        } else if (plan instanceof BaselinePlan.Range range) {
            add(batch, policy, range.fromMs(), range.toExclusiveMs());
            boolean settled = clockMs >= range.toExclusiveMs() + range.settle().toMillis();
            return settled
                    && learning.labelled() > 0
                    && freeze(Baseline.Source.RANGE, range.fromMs(), range.toExclusiveMs(), weight, clockMs);
        }
        return false;
    }

    private void add(Map<CellKey, SliceCounts> batch, DeploymentPolicy policy, long fromMs, long toExclusiveMs) {
        boolean added = false;
        for (Map.Entry<CellKey, SliceCounts> entry : batch.entrySet()) {
            long bucketStartMs = entry.getKey().bucketStartMs();
            if (bucketStartMs >= fromMs && bucketStartMs < toExclusiveMs) {
                learning.add(entry.getKey().slice(), entry.getValue());
                firstBucketMs = Math.min(firstBucketMs, bucketStartMs);
                lastBucketEndMs = Math.max(
                        lastBucketEndMs, bucketStartMs + policy.bucket().toMillis());
                added = true;
            }
        }
        if (added) {
            store.write(Part.LEARNING, this::writeLearning);
        }
    }

    private void writeLearning(DataOutput out) throws IOException {
        out.writeLong(firstBucketMs);
        out.writeLong(lastBucketEndMs);
        learning.writeTo(out);
    }

    private BaselineLearning readLearning(DataInput in) throws IOException {
        firstBucketMs = in.readLong();
        lastBucketEndMs = in.readLong();
        return BaselineLearning.readFrom(in);
    }

    private boolean freeze(Baseline.Source source, long fromMs, long toExclusiveMs, double weight, long clockMs) {
        Baseline frozen = learning.freeze(source, fromMs, toExclusiveMs, clockMs, 1 / weight);
        baseline = frozen;
        store.write(Part.BASELINE, frozen::writeTo);
        store.delete(Part.LEARNING);
        return true;
    }
}
