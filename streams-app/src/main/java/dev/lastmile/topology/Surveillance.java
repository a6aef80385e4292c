package dev.lastmile.topology;

import dev.lastmile.alert.Alert;
import dev.lastmile.alert.AlertBook;
import dev.lastmile.alert.AlertContext;
import dev.lastmile.alert.EndReason;
import dev.lastmile.alert.Novelty;
import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.Effect;
import dev.lastmile.detection.Panel;
import dev.lastmile.detection.Sighting;
import dev.lastmile.detection.SliceDetector;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.RecentBuckets;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.VersionSlice;
import dev.lastmile.topology.serde.DeploymentCodec;
import dev.lastmile.topology.serde.DeploymentCodec.Writing;
import dev.lastmile.topology.serde.DeploymentKeys.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The detectors and alerts of a deployment, as its store keeps them. */
final class Surveillance {

    private final DeploymentPolicy policy;
    private final DeploymentStore store;
    private final DeploymentHead head;
    private final DeploymentStatistics statistics;
    private final BaselineKeeper baseline;
    private final AlertBook alerts;
    private final MatureBuckets coverage;
    private final NewConditions news;
    private Panel panel;
    private boolean bookIsWritten = true;

    Surveillance(
            DeploymentId deployment,
            DeploymentPolicy policy,
            DeploymentStore store,
            DeploymentHead head,
            DeploymentStatistics statistics,
            BaselineKeeper baseline) {
        this.policy = policy;
        this.store = store;
        this.head = head;
        this.statistics = statistics;
        this.baseline = baseline;
        alerts = store.read(Part.ALERTS, in -> AlertBook.readFrom(in, deployment, policy.detection()))
                .orElseGet(() -> new AlertBook(deployment, policy.detection()));
        panel = newPanel();
        coverage = new MatureBuckets(policy, store, statistics);
        news = new NewConditions(policy, store, statistics);
    }

    private Panel newPanel() {
        Panel fresh = new Panel(policy.detection(), policy.bucket().toMillis(), baseline::referenceFor);
        store.eachCell((key, cell) -> {
            if (!key.slice().isOverall() && cell.pendingOfSlice().count() > 0) {
                fresh.hold(key);
            }
        });
        return fresh;
    }

    /** Brings the detectors back. */
    void resume() {
        store.read(Part.PANEL, panel::restore);
        store.eachDetector((key, bytes) -> DeploymentCodec.read(bytes, in -> panel.restore(key, in)));
        coverage.resume();
    }

    /** Other settings are in force: detectors start anew, and what fired ends. */
    List<Report> restart() {
        store.deleteDetectors();
        store.delete(Part.PANEL);
        panel = newPanel();
        coverage.restart();
        news.forget();
        List<Report> reports = reports(alerts.reset(EndReason.NEW_CONFIGURATION, head.clockMs()));
        keepAlerts();
        return reports;
    }

    /** A baseline was frozen: what it was learned from is not bet on, and what rests on it starts now. */
    List<Report> rebase(Map<CellKey, BucketCell> fresh) {
        Map<CellKey, BucketCell> all = new HashMap<>();
        store.eachCell(all::put);
        all.putAll(fresh);
        all.forEach((key, cell) -> {
            if (!key.slice().isOverall()) {
                cell.use(all.getOrDefault(key.parent(), new BucketCell()));
            }
        });
        all.keySet().removeAll(fresh.keySet());
        store.putCells(all);
        panel.rebase();
        news.forget();
        keepDetectors();
        return reports(alerts.reset(EndReason.NEW_BASELINE, head.clockMs()));
    }

    /**
     * Lets the detectors look at a batch.
     *
     * @param cells what the batch was added to; those that detectors read besides are added
     * @param labelled labelled inferences in the batch
     * @param weight how much of one each counts as
     */
    List<Report> look(Map<CellKey, SliceCounts> batch, Map<CellKey, BucketCell> cells, long labelled, double weight) {
        List<Sighting> sightings = panel.look(batch, labelled, weight, new Panel.Statistics() {
            @Override
            public BucketCell cell(CellKey key) {
                return cells.computeIfAbsent(key, store::cell);
            }

            @Override
            public long scoresAround(VersionSlice key) {
                return statistics.scoresAround(key);
            }
        });
        keepDetectors();
        List<Report> reports = new ArrayList<>(tell(sightings, weight));
        Baseline known = baseline.baseline();
        if (known != null) {
            for (NewConditions.News news : news.look(batch.keySet(), known, panel::find)) {
                reports.addAll(tell(news.sighting(), contextOf(news.sighting(), weight, news.novelty())));
            }
        }
        return reports;
    }

    /**
     * Lets the panel of label coverage look at what has become mature; every cell counted so far must be in the store.
     *
     * @param weight how much of one each inference counts as
     */
    List<Report> lookAtCoverage(double weight) {
        return tell(coverage.look(head.clockMs(), weight), weight);
    }

    private List<Report> tell(List<Sighting> sightings, double weight) {
        List<Report> reports = new ArrayList<>();
        for (Sighting sighting : sightings) {
            reports.addAll(tell(sighting, contextOf(sighting, weight, null)));
        }
        return reports;
    }

    private List<Report> tell(Sighting sighting, AlertContext context) {
        List<Report> reports = reports(alerts.apply(sighting, context));
        // The book also remembers what is not worth a record of its own, such as when labels came last.
        bookIsWritten = false;
        return reports;
    }

    /** Keeps what the alert book learned from a batch. */
    void keepAlerts() {
        if (!bookIsWritten) {
            store.write(Part.ALERTS, alerts::writeTo);
            bookIsWritten = true;
        }
    }

    private void keepDetectors() {
        Map<VersionSlice, Writing> changed = new LinkedHashMap<>();
        for (VersionSlice key : panel.takeTouched()) {
            SliceDetector detector = panel.find(key);
            if (detector != null) {
                changed.put(key, detector::writeTo);
            }
        }
        store.putDetectors(changed);
        store.write(Part.PANEL, panel::writeTo);
    }

    /** Lets time pass for alerts without labels. */
    List<Report> tick(long nowMs) {
        List<Report> reports = reports(alerts.tick(nowMs));
        keepAlerts();
        return reports;
    }

    /** Forgets evidence of buckets that no label can reach any more. */
    void forgetBefore(long bucketStartMs) {
        panel.forgetBefore(bucketStartMs);
    }

    /** Firing and stale alerts, then those resolved last. */
    List<Alert> alerts() {
        return alerts.current();
    }

    /** The detector of a slice; absent before its first label. */
    @Nullable
    SliceDetector detector(VersionSlice slice) {
        return panel.find(slice);
    }

    private AlertContext contextOf(Sighting sighting, double weight, @Nullable Novelty novelty) {
        Effect effect = sighting.finding().effect();
        RecentBuckets.Sums window = window(sighting.at(), effect);
        boolean alone = sighting.at().slice().isOverall();
        RecentBuckets.Sums parent = alone ? window : window(sighting.at().parent(), effect);
        return new AlertContext(
                policy.scorer().metric(),
                counted(window, RecentBuckets.Sums.NONE),
                counted(parent, window),
                baseline.countedOf(effect.baselineSlice()),
                baseline.version(),
                weight,
                novelty,
                policy.configurationHash(),
                head.clockMs());
    }

    private RecentBuckets.Sums window(VersionSlice slice, Effect effect) {
        return statistics.recent(slice).between(effect.windowStartMs(), effect.windowEndExclusiveMs());
    }

    private static AlertContext.Counted counted(RecentBuckets.Sums all, RecentBuckets.Sums but) {
        return new AlertContext.Counted(
                all.received() - but.received(),
                all.labelled() - but.labelled(),
                all.errors() - but.errors(),
                all.trials() - but.trials());
    }

    private List<Report> reports(List<Alert> changed) {
        if (!changed.isEmpty()) {
            bookIsWritten = false;
        }
        List<Report> reports = new ArrayList<>(changed.size());
        for (Alert alert : changed) {
            reports.add(new Report.OfAlert(alert, policy.scorer().metric(), head.clockMs()));
        }
        return reports;
    }
}
