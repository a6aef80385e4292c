package dev.lastmile.alert;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about one deployment at a moment, for people and exporters. Immutable but for the ledger, which is a
 * copy of its own.
 *
 * @param deployment which deployment
 * @param metric what is measured; absent where nothing is, because no policy covers the records
 * @param baseline what it is compared with
 * @param slices those that are not too small to be shown, overall first
 * @param small those that are
 * @param history ratio by bucket, oldest first, for a chart; by the name of the slice, for those that are charted
 * @param alerts firing and stale ones, and those resolved last
 * @param ledger what became of every record
 * @param deadLetters dead letters by reason code
 * @param asOfMs processing clock of the last batch, epoch milliseconds
 */
public record DeploymentSnapshot(
        DeploymentId deployment,
        @Nullable Metric metric,
        BaselineStanding baseline,
        List<SliceStanding> slices,
        List<SmallSlice> small,
        Map<String, List<HistoryPoint>> history,
        List<Alert> alerts,
        Ledger ledger,
        Map<String, Long> deadLetters,
        long asOfMs) {

    /**
     * One bucket of one slice.
     *
     * @param bucketStartMs start of the bucket, epoch milliseconds
     * @param labelled labelled inferences in it
     * @param ratio errors over trials in it
     */
    public record HistoryPoint(long bucketStartMs, long labelled, double ratio) {}

    /**
     * A slice that is too small to be shown. It is known here because of what must not be shown beside it.
     *
     * @param slice which slice
     * @param modelVersion which version answered
     * @param received inferences accepted
     * @param labelled of those, with a standing ground truth
     */
    public record SmallSlice(Slice slice, String modelVersion, long received, long labelled) {}

    public DeploymentSnapshot {
        slices = List.copyOf(slices);
        small = List.copyOf(small);
        alerts = List.copyOf(alerts);
        history = Map.copyOf(history);
        deadLetters = Map.copyOf(deadLetters);
    }

    /** The version of the frozen baseline; absent while there is none. */
    public @Nullable String baselineVersion() {
        return baseline.version();
    }

    /** Labelled inferences learned so far, while a baseline is being learned; absent otherwise. */
    public @Nullable Long baselineProgress() {
        return baseline.progress();
    }
}
