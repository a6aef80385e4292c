package dev.lastmile.topology.serde;

import dev.lastmile.alert.Alert;
import dev.lastmile.alert.AlertState;
import dev.lastmile.alert.Novelty;
import dev.lastmile.detection.Verdict;
import dev.lastmile.schema.AlertEvent;
import dev.lastmile.schema.AlertKind;
import dev.lastmile.schema.AlertStatus;
import dev.lastmile.schema.LabelsNeeded;
import dev.lastmile.slice.Slice;
import dev.lastmile.topology.Report;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Alerts as customers read them. */
public final class AlertEvents {

    private AlertEvents() {}

    /** The contract's record of an alert. */
    public static AlertEvent of(Report.OfAlert report) {
        Alert alert = report.alert();
        Slice baselineSlice = alert.baselineSlice();
        Long endedAtMs = alert.endedAtMs();
        return AlertEvent.newBuilder()
                .setAlertId(alert.alertId())
                .setKind(kindOf(alert.kind()))
                .setState(stateOf(alert.state()))
                .setCustomer(alert.deployment().customer())
                .setDeployment(alert.deployment().deployment())
                .setMetric(report.metric().wireName())
                .setModelVersion(alert.modelVersion())
                .setSlice(SliceTerms.of(alert.slice()))
                .setSliceName(alert.slice().toString())
                .setEffect(alert.effect())
                .setEffectLower(alert.interval().lower())
                .setEffectUpper(alert.interval().upper())
                .setSliceMean(alert.sliceMean())
                .setRestMean(alert.restMean())
                .setBaselineSliceMean(alert.baselineSliceMean())
                .setBaselineRestMean(alert.baselineRestMean())
                .setLabelled(alert.labelled())
                .setCoverageNow(alert.coverageNow())
                .setRestCoverageNow(alert.restCoverageNow())
                .setCoverageAtBaseline(alert.coverageAtBaseline())
                .setRatioNow(alert.ratioNow())
                .setRatioAtBaseline(alert.ratioAtBaseline())
                .setBaselineVersion(alert.baselineVersion())
                .setBaselineSlice(baselineSlice == null ? null : SliceTerms.of(baselineSlice))
                .setBaselineSliceName(baselineSlice == null ? null : baselineSlice.toString())
                .setWindowStart(Instant.ofEpochMilli(alert.windowStartMs()))
                .setWindowEndExclusive(Instant.ofEpochMilli(alert.windowEndExclusiveMs()))
                .setStartedAt(Instant.ofEpochMilli(alert.startedAtMs()))
                .setEndedAt(endedAtMs == null ? null : Instant.ofEpochMilli(endedAtMs))
                .setCompanions(alert.companions().stream().map(Slice::toString).toList())
                .setInferenceWeight(alert.weight())
                .setNovelty(noveltyOf(alert.novelty()))
                .setConfigurationHash(alert.configurationHash())
                .setMessage(alert.message())
                .setUpdatedAt(Instant.ofEpochMilli(report.updatedAtMs()))
                .build();
    }

    private static dev.lastmile.schema.@Nullable Novelty noveltyOf(@Nullable Novelty novelty) {
        if (novelty == null) {
            return null;
        }
        return dev.lastmile.schema.Novelty.newBuilder()
                .setFirstSeen(Instant.ofEpochMilli(novelty.firstSeenMs()))
                .setTrafficShare(novelty.trafficShare())
                .setLabelsNeeded(novelty.labelsNeeded().stream()
                        .map(need -> LabelsNeeded.newBuilder()
                                .setSliceName(need.slice().toString())
                                .setLabelled(need.labelled())
                                .setNeeded(need.needed())
                                .build())
                        .toList())
                .build();
    }

    private static AlertKind kindOf(Verdict verdict) {
        return switch (verdict) {
            case DISPARATE_DEGRADATION -> AlertKind.DISPARATE_DEGRADATION;
            case DEGRADATION -> AlertKind.DEGRADATION;
            case DISPARITY -> AlertKind.DISPARITY;
            case LABEL_COVERAGE -> AlertKind.LABEL_COVERAGE;
            case NEW_CONDITION -> AlertKind.NEW_CONDITION;
        };
    }

    private static AlertStatus stateOf(AlertState state) {
        return switch (state) {
            case FIRING -> AlertStatus.FIRING;
            case RESOLVED -> AlertStatus.RESOLVED;
            case STALE -> AlertStatus.STALE;
        };
    }
}
