package dev.lastmile.topology;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.RecentBuckets;
import dev.lastmile.slice.SliceCounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One watched deployment: merges deltas into its statistics, learns its baseline, lets its detectors look and keeps its
 * alerts. Everything is written through to the store before {@link #take} returns, so the heap is only a cache of it.
 */
final class WatchedDeployment implements DeploymentWatch {

    private final DeploymentId deployment;
    private final DeploymentPolicy policy;
    private final DeploymentStore store;
    private final DeploymentHead head;
    private final DeploymentStatistics statistics;
    private final BaselineKeeper baseline;
    private final Surveillance surveillance;

    WatchedDeployment(
            DeploymentId deployment, DeploymentPolicy policy, KeyValueStore<Bytes, byte[]> bytes, WarmCells warm) {
        this.deployment = deployment;
        this.policy = policy;
        store = new DeploymentStore(deployment, bytes, warm);
        head = store.head().orElseGet(DeploymentHead::new);
        statistics = new DeploymentStatistics(policy.limits(), store, head.published());
        baseline = new BaselineKeeper(deployment, policy, store, statistics);
        surveillance = new Surveillance(deployment, policy, store, head, statistics, baseline);
    }

    @Override
    public List<Report> wake() {
        if (head.configurationHash().equals(policy.configurationHash())) {
            surveillance.resume();
            return List.of();
        }
        head.configure(policy.configurationHash());
        store.put(head);
        if (head.clockMs() != Long.MIN_VALUE) {
            baseline.follow(head.clockMs());
        }
        return surveillance.restart();
    }

    @Override
    public List<Report> take(Delta delta) {
        head.add(delta);
        boolean rebased = obey(delta.commands());
        // From earlier batches alone, as whatever steers a bet must be.
        double weight = statistics.weight(policy.detection().sessions());
        statistics.add(delta.sessions());
        Map<CellKey, SliceCounts> batch = statistics.place(delta.cells());
        Map<CellKey, BucketCell> cells = statistics.merge(batch, head.batches());
        long labelled = firstLabelsIn(batch);
        head.addLabelled(labelled);
        rebased |= baseline.learn(batch, weight, head.clockMs());
        List<Report> reports = new ArrayList<>(
                rebased ? surveillance.rebase(cells) : surveillance.look(batch, cells, labelled, weight));
        store.putCells(cells);
        store.put(head);
        reports.addAll(surveillance.lookAtCoverage(weight));
        surveillance.keepAlerts();
        return reports;
    }

    /** Whether another baseline is in force after it. The policy's own plan comes first: a command outranks it. */
    private boolean obey(List<BaselineCommand> commands) {
        boolean isNew = head.clockMs() == Long.MIN_VALUE;
        baseline.follow(isNew && !commands.isEmpty() ? commands.get(0).atMs() : head.clockMs());
        boolean rebased = false;
        for (BaselineCommand command : commands) {
            rebased |= baseline.obey(command, isNew ? Long.MIN_VALUE : reachableMs());
        }
        return rebased;
    }

    @Override
    public List<Report> tick(long nowMs) {
        return surveillance.tick(nowMs);
    }

    @Override
    public List<Report> publishStatistics() {
        List<Report> reports = new ArrayList<>();
        List<CellKey> changed = statistics.takeUnpublished();
        if (!changed.isEmpty()) {
            head.publish();
            store.put(head);
        }
        for (CellKey key : changed) {
            SliceCounts counts = store.cell(key).counts();
            if (counts.labelled() >= SliceStanding.MINIMUM_SHOWN) {
                reports.add(new Report.OfCell(
                        deployment,
                        policy.scorer().metric(),
                        key.modelVersion(),
                        key.slice(),
                        key.bucketStartMs(),
                        key.bucketStartMs() + policy.bucket().toMillis(),
                        counts,
                        baseline.version(),
                        head.clockMs()));
            }
        }
        return reports;
    }

    @Override
    public void forgetOldBuckets() {
        if (head.clockMs() != Long.MIN_VALUE) {
            long reachableMs = reachableMs();
            statistics.versions().forEach(version -> store.forgetCellsBefore(version, reachableMs));
            surveillance.forgetBefore(reachableMs);
        }
    }

    /** Buckets that start earlier can get no more labels. */
    private long reachableMs() {
        return head.clockMs()
                - policy.horizon().toMillis()
                - 2 * policy.limits().maxAge().toMillis()
                - policy.bucket().toMillis();
    }

    @Override
    public long clockMs() {
        return head.clockMs();
    }

    @Override
    public DeploymentSnapshot snapshot(long minimumShown) {
        List<SliceStanding> slices = new ArrayList<>();
        List<DeploymentSnapshot.SmallSlice> small = new ArrayList<>();
        Map<String, List<DeploymentSnapshot.HistoryPoint>> history = new HashMap<>();
        statistics.eachTotal((key, total) -> {
            if (total.labelled() >= minimumShown) {
                RecentBuckets buckets = statistics.recent(key);
                slices.add(Standings.of(
                        policy.scorer().metric(),
                        key,
                        total,
                        buckets,
                        baseline.baseline(),
                        surveillance.detector(key)));
                history.merge(key.slice().toString(), Standings.history(buckets), Standings::newer);
            } else {
                small.add(new DeploymentSnapshot.SmallSlice(
                        key.slice(), key.modelVersion(), total.received(), total.labelled()));
            }
        });
        return new DeploymentSnapshot(
                deployment,
                policy.scorer().metric(),
                baseline.standing(
                        statistics.current(),
                        1 / statistics.weight(policy.detection().sessions())),
                slices,
                small,
                history,
                surveillance.alerts(),
                head.ledger().copy(),
                head.deadLetters(),
                head.clockMs());
    }

    private static long firstLabelsIn(Map<CellKey, SliceCounts> batch) {
        long labels = 0;
        for (Map.Entry<CellKey, SliceCounts> entry : batch.entrySet()) {
            if (entry.getKey().slice().isOverall()) {
                labels += entry.getValue().labelDelays().count();
            }
        }
        return labels;
    }
}
