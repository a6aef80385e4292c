package dev.lastmile.export;

import dev.lastmile.alert.Alert;
import dev.lastmile.alert.AlertState;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.detection.Verdict;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.export.SeriesGroup.Rank;
import dev.lastmile.score.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The series of one deployment; of one that is not watched, only what became of its records. */
final class DeploymentSeries {

    private final Publication publication;
    private final DeploymentSnapshot snapshot;
    private final String customer;
    private final String deployment;

    DeploymentSeries(Publication publication) {
        this.publication = publication;
        this.snapshot = publication.snapshot();
        this.customer = snapshot.deployment().customer();
        this.deployment = snapshot.deployment().deployment();
    }

    List<SeriesGroup> groups() {
        List<SeriesGroup> groups = new ArrayList<>();
        groups.add(records());
        Metric metric = snapshot.metric();
        if (metric == null) {
            return groups;
        }
        groups.add(standing());
        for (Alert alert : snapshot.alerts()) {
            if (alert.state() == AlertState.FIRING) {
                groups.add(alert(alert));
            }
        }
        publication.slices().forEach(slice -> groups.add(slice(metric, slice)));
        return groups;
    }

    private SeriesGroup records() {
        SeriesGroup group = new SeriesGroup(Rank.DEPLOYMENT, 0);
        Ledger ledger = snapshot.ledger();
        for (Disposition disposition : Disposition.values()) {
            if (!disposition.isPassing()) {
                group.addCount(ExportedMetric.RECORDS, labels(disposition.wireName()), ledger.get(disposition));
            }
        }
        group.addCount(ExportedMetric.RECORDS_WAITING, labels("inference"), ledger.get(Disposition.INFERENCE_WAITING));
        group.addCount(ExportedMetric.RECORDS_WAITING, labels("truth"), ledger.get(Disposition.TRUTH_WAITING));
        group.addCount(
                ExportedMetric.RECORDS_UNDECIDED, labels("inference"), ledger.get(Disposition.INFERENCE_UNDECIDED));
        group.addCount(ExportedMetric.RECORDS_UNDECIDED, labels("truth"), ledger.get(Disposition.TRUTH_UNDECIDED));
        new TreeMap<>(snapshot.baseline().refusedCommands())
                .forEach((reason, count) -> group.addCount(ExportedMetric.COMMANDS_REFUSED, labels(reason), count));
        new TreeMap<>(snapshot.deadLetters())
                .forEach((reason, count) -> group.addCount(ExportedMetric.DEAD_LETTERS, labels(reason), count));
        return group;
    }

    private SeriesGroup standing() {
        SeriesGroup group = new SeriesGroup(Rank.DEPLOYMENT, 0);
        Long progress = snapshot.baselineProgress();
        group.add(ExportedMetric.BASELINE_FROZEN, labels(), snapshot.baselineVersion() == null ? 0 : 1);
        group.addIfKnown(ExportedMetric.BASELINE_LABELLED, labels(), progress == null ? null : progress.doubleValue());
        group.addCount(
                ExportedMetric.BASELINE_SLICES_SHORT,
                labels(),
                snapshot.baseline().missing().size());
        if (snapshot.asOfMs() != Long.MIN_VALUE) {
            group.add(ExportedMetric.DEPLOYMENT_UPDATED, labels(), snapshot.asOfMs() / 1000.0);
        }
        for (Verdict kind : Verdict.values()) {
            long firing = snapshot.alerts().stream()
                    .filter(alert -> alert.state() == AlertState.FIRING && alert.kind() == kind)
                    .count();
            group.addCount(ExportedMetric.ALERTS_FIRING, labels(kind.name()), firing);
        }
        return group;
    }

    private SeriesGroup alert(Alert alert) {
        List<String> labels =
                labels(alert.modelVersion(), alert.kind().name(), alert.slice().toString(), alert.alertId());
        return new SeriesGroup(Rank.ALERT, alert.effect())
                .add(ExportedMetric.ALERT_ACTIVE, labels, 1)
                .add(ExportedMetric.ALERT_EFFECT, labels, alert.effect());
    }

    private SeriesGroup slice(Metric metric, SliceStanding slice) {
        List<String> labels =
                labels(slice.modelVersion(), metric.wireName(), slice.slice().toString());
        Rank rank = slice.slice().isOverall() ? Rank.OVERALL : Rank.SLICE;
        SeriesGroup group = new SeriesGroup(rank, effectOf(slice))
                .addIfKnown(ExportedMetric.SLICE_ERROR_RATIO, labels, slice.ratio())
                .addIfKnown(ExportedMetric.SLICE_RECENT_ERROR_RATIO, labels, slice.recentRatio())
                .addIfKnown(ExportedMetric.SLICE_BASELINE_ERROR_RATIO, labels, slice.baselineRatio())
                .addCount(ExportedMetric.SLICE_INFERENCES, labels, slice.received())
                .addCount(ExportedMetric.SLICE_LABELLED, labels, slice.labelled())
                .addIfKnown(ExportedMetric.SLICE_LABEL_DELAY, labels, slice.labelDelaySeconds())
                .addIfKnown(ExportedMetric.SLICE_DISPARATE_EFFECT, labels, slice.disparateEffect())
                .addIfKnown(ExportedMetric.SLICE_EVIDENCE, labels, slice.evidence());
        if (slice.interval() != null) {
            group.add(
                    ExportedMetric.SLICE_ERROR_RATIO_LOWER,
                    labels,
                    slice.interval().lower());
            group.add(
                    ExportedMetric.SLICE_ERROR_RATIO_UPPER,
                    labels,
                    slice.interval().upper());
        }
        if (slice.received() > 0) {
            group.add(ExportedMetric.SLICE_LABEL_COVERAGE, labels, slice.labelled() / (double) slice.received());
        }
        return group;
    }

    /** How bad a slice is, for choosing which to keep: its disparate effect, else its rise over the baseline. */
    private static double effectOf(SliceStanding slice) {
        if (slice.disparateEffect() != null) {
            return slice.disparateEffect();
        }
        return slice.ratio() != null && slice.baselineRatio() != null ? slice.ratio() - slice.baselineRatio() : 0;
    }

    private List<String> labels(String... more) {
        List<String> labels = new ArrayList<>(2 + more.length);
        labels.add(customer);
        labels.add(deployment);
        labels.addAll(List.of(more));
        return labels;
    }
}
