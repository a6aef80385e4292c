package dev.lastmile.topology;

import dev.lastmile.detection.CoveragePanel;
import dev.lastmile.detection.Sighting;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.topology.serde.DeploymentKeys.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Hands every bucket to the coverage panel once it is mature: as long ago as nine in ten labels of the deployment have
 * taken to come, at most the horizon. Age is judged by the append clock, so that a replay does the same.
 */
final class MatureBuckets {

    private static final double MOST_LABELS = 0.9;

    private final DeploymentPolicy policy;
    private final DeploymentStore store;
    private final DeploymentStatistics statistics;
    private CoveragePanel panel;

    MatureBuckets(DeploymentPolicy policy, DeploymentStore store, DeploymentStatistics statistics) {
        this.policy = policy;
        this.store = store;
        this.statistics = statistics;
        panel = newPanel();
    }

    private CoveragePanel newPanel() {
        return new CoveragePanel(policy.detection(), policy.bucket().toMillis());
    }

    /** Brings the panel back. */
    void resume() {
        panel = store.read(
                        Part.COVERAGE,
                        in -> CoveragePanel.readFrom(
                                in, policy.detection(), policy.bucket().toMillis()))
                .orElseGet(this::newPanel);
    }

    /** Other settings are in force: coverage is learned anew. */
    void restart() {
        store.delete(Part.COVERAGE);
        panel = newPanel();
    }

    /**
     * Looks at what has become mature; every cell counted so far must be in the store.
     *
     * @param weight how much of one each inference counts as
     */
    List<Sighting> look(long clockMs, double weight) {
        OptionalLong delaySeconds = statistics.labelDelays().upperQuantileSeconds(MOST_LABELS);
        if (delaySeconds.isEmpty()) {
            return List.of();
        }
        long patienceMs = Math.min(policy.horizon().toMillis(), 1_000 * delaySeconds.getAsLong());
        long bucketMs = policy.bucket().toMillis();
        long beforeMs = policy.bucketStartOf(clockMs - patienceMs - bucketMs) + bucketMs;
        if (beforeMs <= panel.doneBeforeMs()) {
            return List.of();
        }
        List<Sighting> sightings = new ArrayList<>();
        for (String version : statistics.versions()) {
            Map<Long, Map<Slice, SliceCounts>> buckets = new TreeMap<>();
            store.eachCellBetween(version, panel.doneBeforeMs(), beforeMs, (key, cell) -> buckets.computeIfAbsent(
                            key.bucketStartMs(), any -> new TreeMap<>())
                    .put(key.slice(), cell.counts()));
            buckets.forEach(
                    (startMs, bucket) -> sightings.addAll(panel.look(version, startMs, bucket, weight, store::cell)));
        }
        panel.done(beforeMs);
        store.write(Part.COVERAGE, panel::writeTo);
        return sightings;
    }
}
