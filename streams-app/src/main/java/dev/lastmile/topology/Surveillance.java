package dev.lastmile.topology;

import dev.lastmile.alert.Alert;
import dev.lastmile.alert.AlertBook;
import dev.lastmile.alert.AlertContext;
import dev.lastmile.alert.EndReason;
import dev.lastmile.detection.Finding;
import dev.lastmile.detection.Look;
import dev.lastmile.detection.SliceDetector;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.RecentBuckets;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.stats.ScoreHistogram;
import dev.lastmile.topology.serde.DeploymentCodec;
import dev.lastmile.topology.serde.DeploymentKeys.CellKey;
import dev.lastmile.topology.serde.DeploymentKeys.Part;
import dev.lastmile.topology.serde.DeploymentKeys.VersionSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The detectors and alerts of a deployment: pairs the evidence of slices with that of their rests, bucket by bucket. */
final class Surveillance {

    private final DeploymentPolicy policy;
    private final DeploymentStore store;
    private final DeploymentHead head;
    private final DeploymentStatistics statistics;
    private final BaselineKeeper baseline;
    private final AlertBook alerts;
    private final Map<VersionSlice, SliceDetector> detectors = new HashMap<>();
    private final HeldEvidence held = new HeldEvidence();

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
        store.eachCell((key, cell) -> {
            if (!key.slice().isOverall() && cell.pendingOfSlice().count() > 0) {
                held.add(key);
            }
        });
    }

    /** Brings the detectors back. */
    void resume() {
        store.eachDetector((key, bytes) -> detectors.put(
                key,
                DeploymentCodec.read(
                        bytes,
                        in -> SliceDetector.readFrom(
                                in, policy.detection(), key.slice(), baseline.referenceFor(key.slice(), policy)))));
    }

    /** Other settings are in force: detectors start anew, and what fired ends. */
    List<Report> restart() {
        store.deleteDetectors();
        return reports(alerts.reset(EndReason.NEW_CONFIGURATION, head.clockMs()));
    }

    /** A baseline was frozen: what it was learned from is not bet on, and what rests on it starts now. */
    List<Report> rebase(Map<CellKey, BucketCell> fresh) {
        Map<CellKey, BucketCell> all = new HashMap<>();
        store.eachCell(all::put);
        all.putAll(fresh);
        all.forEach((key, cell) -> {
            if (!key.slice().isOverall()) {
                cell.use(parentOf(key, all));
                if (!fresh.containsKey(key)) {
                    store.put(key, cell);
                }
            }
        });
        held.clear();
        for (Map.Entry<VersionSlice, SliceDetector> entry : detectors.entrySet()) {
            Slice slice = entry.getKey().slice();
            entry.setValue(entry.getValue().rebased(baseline.referenceFor(slice, policy), clock()));
            store.put(entry.getKey(), entry.getValue()::writeTo);
        }
        return reports(alerts.reset(EndReason.NEW_BASELINE, head.clockMs()));
    }

    /**
     * Bets on a batch. All detectors of the batch exist before the first bet, so that they share the budget fairly, and
     * their clock starts before the batch. Evidence that was held back is tried again whenever its bucket is touched,
     * whether by labels of the slice or of its rest.
     */
    List<Report> look(Map<CellKey, SliceCounts> batch, Map<CellKey, BucketCell> cells, double clockBefore) {
        Set<CellKey> pending = new TreeSet<>();
        batch.forEach((key, counts) -> {
            if (counts.firstScores().count() > 0) {
                pending.addAll(held.besides(key));
                pending.add(key);
            }
        });
        pending.forEach(key -> detectors.computeIfAbsent(key.versionSlice(), slice -> newDetector(slice, clockBefore)));
        List<Found> found = new ArrayList<>();
        for (CellKey key : pending) {
            SliceDetector detector = Objects.requireNonNull(detectors.get(key.versionSlice()));
            Look look = lookAt(key);
            SliceCounts counts = batch.get(key);
            if (counts != null && counts.firstScores().count() > 0) {
                detector.observeOwn(counts.firstScores(), look).forEach(finding -> found.add(new Found(key, finding)));
            }
            if (!key.slice().isOverall()) {
                pair(key, cells, detector, look).forEach(finding -> found.add(new Found(key, finding)));
            }
            store.put(key.versionSlice(), detector::writeTo);
        }
        return told(found);
    }

    private record Found(CellKey key, Finding finding) {}

    private List<Report> told(List<Found> found) {
        // The book wants to know first whether the deployment as a whole got worse, whichever bucket says so.
        found.sort(Comparator.comparing(one -> !one.key().slice().isOverall()));
        List<Report> reports = new ArrayList<>();
        for (Found one : found) {
            VersionSlice slice = one.key().versionSlice();
            AlertContext circumstances = contextOf(slice, one.finding());
            reports.addAll(reports(alerts.apply(slice.modelVersion(), slice.slice(), one.finding(), circumstances)));
        }
        if (!found.isEmpty()) {
            // The book also remembers what is not worth a record of its own, such as when labels came last.
            store.write(Part.ALERTS, alerts::writeTo);
        }
        return reports;
    }

    /** Lets time pass for alerts without labels. */
    List<Report> tick(long nowMs) {
        return reports(alerts.tick(nowMs));
    }

    /** Forgets evidence of buckets that no label can reach any more. */
    void forgetBefore(long bucketStartMs) {
        held.removeBefore(bucketStartMs);
    }

    /** Firing and stale alerts, then those resolved last. */
    List<Alert> alerts() {
        return alerts.current();
    }

    /** The detector of a slice; absent before its first label. */
    @Nullable
    SliceDetector detector(VersionSlice slice) {
        return detectors.get(slice);
    }

    private List<Finding> pair(CellKey key, Map<CellKey, BucketCell> cells, SliceDetector detector, Look look) {
        BucketCell cell = cells.computeIfAbsent(key, store::cell);
        BucketCell parent = parentOf(key, cells);
        ScoreHistogram ofSlice = cell.pendingOfSlice();
        ScoreHistogram ofRest = cell.pendingOfRest(parent);
        if (!detector.pairs(ofSlice.count(), ofRest.count())) {
            held.add(key);
            return List.of();
        }
        List<Finding> findings = detector.observePair(ofSlice, ofRest, look);
        cell.use(parent);
        held.remove(key);
        return findings;
    }

    private BucketCell parentOf(CellKey key, Map<CellKey, BucketCell> cells) {
        CellKey parent =
                new CellKey(key.modelVersion(), key.bucketStartMs(), key.slice().parent());
        BucketCell cell = cells.get(parent);
        return cell == null ? store.cell(parent) : cell;
    }

    private SliceDetector newDetector(VersionSlice key, double clockBefore) {
        return SliceDetector.start(
                policy.detection(), key.slice(), baseline.referenceFor(key.slice(), policy), clockBefore);
    }

    /** Labelled inferences of the deployment so far. */
    private double clock() {
        return (double) head.labelled();
    }

    private Look lookAt(CellKey key) {
        return new Look(
                clock(),
                1.0 / Math.max(1, detectors.size()),
                statistics.scoresAround(key.versionSlice()),
                key.bucketStartMs(),
                key.bucketStartMs() + policy.bucket().toMillis(),
                head.clockMs());
    }

    private AlertContext contextOf(VersionSlice slice, Finding finding) {
        RecentBuckets.Sums window = statistics
                .recent(slice)
                .between(finding.effect().windowStartMs(), finding.effect().windowEndExclusiveMs());
        return new AlertContext(
                policy.scorer().metric(),
                share(window.labelled(), window.received()),
                share(window.errors(), window.trials()),
                baseline.ratioOf(finding.effect().baselineSlice()),
                baseline.version(),
                policy.configurationHash(),
                head.clockMs());
    }

    private static @Nullable Double share(long part, long whole) {
        return whole <= 0 ? null : part / (double) whole;
    }

    private List<Report> reports(List<Alert> changed) {
        if (!changed.isEmpty()) {
            store.write(Part.ALERTS, alerts::writeTo);
        }
        List<Report> reports = new ArrayList<>(changed.size());
        for (Alert alert : changed) {
            reports.add(new Report.OfAlert(alert, policy.scorer().metric(), head.clockMs()));
        }
        return reports;
    }
}
