package dev.lastmile.topology.serde;

import dev.lastmile.schema.SliceStatisticsEvent;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.stats.Interval;
import dev.lastmile.stats.RatioSums;
import dev.lastmile.topology.Report;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Statistics as customers read them. */
public final class StatisticsEvents {

    private StatisticsEvents() {}

    /** The contract's record of a cell; the caller has made sure that it may be shown. */
    public static SliceStatisticsEvent of(Report.OfCell report) {
        SliceCounts counts = report.counts();
        RatioSums ratio = counts.ratio();
        Interval interval = ratio.interval().map(report.metric()::possible).orElse(null);
        return SliceStatisticsEvent.newBuilder()
                .setCustomer(report.deployment().customer())
                .setDeployment(report.deployment().deployment())
                .setMetric(report.metric().wireName())
                .setModelVersion(report.modelVersion())
                .setSlice(SliceTerms.of(report.slice()))
                .setSliceName(report.slice().toString())
                .setBucketStart(Instant.ofEpochMilli(report.bucketStartMs()))
                .setBucketEndExclusive(Instant.ofEpochMilli(report.bucketEndExclusiveMs()))
                .setInferences(counts.received())
                .setLabelled(counts.labelled())
                .setErrors(ratio.errors())
                .setTrials(ratio.trials())
                .setUnitsPerTrial(report.metric().unitsPerTrial())
                .setRatio(nullable(ratio.ratio()))
                .setLower(interval == null ? null : interval.lower())
                .setUpper(interval == null ? null : interval.upper())
                .setEmptyReferences(counts.emptyReferences())
                .setSubstitutions(counts.substitutions())
                .setDeletions(counts.deletions())
                .setInsertions(counts.insertions())
                .setLabelCoverage(counts.received() == 0 ? null : counts.labelled() / (double) counts.received())
                .setMedianLabelDelaySeconds(nullable(counts.labelDelays().medianSeconds()))
                .setBaselineVersion(report.baselineVersion())
                .setUpdatedAt(Instant.ofEpochMilli(report.updatedAtMs()))
                .build();
    }

    private static @Nullable Double nullable(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
