package dev.lastmile.topology;

import dev.lastmile.alert.Alert;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the second stage tells customers. */
public sealed interface Report {

    /** Whose topics it goes to. */
    DeploymentId deployment();

    /** The key of its record: a later report with the same key replaces an earlier one. */
    String key();

    /**
     * An alert changed.
     *
     * @param alert as it stands now
     * @param metric what is measured
     * @param updatedAtMs processing clock
     */
    record OfAlert(Alert alert, Metric metric, long updatedAtMs) implements Report {
        @Override
        public DeploymentId deployment() {
            return alert.deployment();
        }

        @Override
        public String key() {
            return alert.alertId();
        }
    }

    /**
     * The statistics of a slice in a bucket changed.
     *
     * @param deployment whose
     * @param metric what is measured
     * @param modelVersion which version
     * @param slice which slice
     * @param bucketStartMs start of the bucket
     * @param bucketEndExclusiveMs end of the bucket
     * @param counts what was counted
     * @param baselineVersion the baseline in force; absent without one
     * @param updatedAtMs processing clock
     */
    record OfCell(
            DeploymentId deployment,
            Metric metric,
            String modelVersion,
            Slice slice,
            long bucketStartMs,
            long bucketEndExclusiveMs,
            SliceCounts counts,
            @Nullable String baselineVersion,
            long updatedAtMs)
            implements Report {

        @Override
        public String key() {
            return String.join(
                    "|",
                    deployment.deployment(),
                    modelVersion,
                    slice.toString(),
                    Instant.ofEpochMilli(bucketStartMs).toString());
        }
    }
}
