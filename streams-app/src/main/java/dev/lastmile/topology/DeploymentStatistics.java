package dev.lastmile.topology;

import dev.lastmile.detection.BaselineLearning;
import dev.lastmile.detection.SessionSample;
import dev.lastmile.detection.SessionWeighting;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.OrderedHash;
import dev.lastmile.slice.RecentBuckets;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.SliceRegistry;
import dev.lastmile.slice.VersionSlice;
import dev.lastmile.stats.DelayHistogram;
import dev.lastmile.topology.serde.DeploymentKeys.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What was counted of a deployment: by cell in the store; in total and of late on the heap, as the sum of all cells and of what
 * those held that were forgotten.
 */
final class DeploymentStatistics {

    private final DeploymentStore store;
    private final SliceRegistry registry;
    private final Map<VersionSlice, SliceCounts> totals = new OrderedHash<>();
    private final Map<VersionSlice, RecentBuckets> recent = new HashMap<>();
    private final SessionSample sessions;

    /** The cells that changed since statistics were published. */
    private final Set<CellKey> unpublished = new HashSet<>();

    private int savedRegistrySize;

    /**
     * @param published the last batch that statistics were published after
     */
    DeploymentStatistics(Limits limits, DeploymentStore store, long published) {
        this.store = store;
        registry = new SliceRegistry(limits.valuesPerDimension(), limits.liveSlices());
        store.restore(registry);
        savedRegistrySize = registry.size();
        store.eachForgotten(totals::put);
        sessions = store.read(Part.SESSIONS, in -> SessionSample.readFrom(in, SessionSample.KEPT))
                .orElseGet(() -> new SessionSample(SessionSample.KEPT));
        store.eachCell((key, cell) -> {
            VersionSlice slice = key.versionSlice();
            recent(slice).put(key.bucketStartMs(), cell.counts());
            totals.computeIfAbsent(slice, any -> new SliceCounts()).add(cell.counts());
            if (cell.changedIn() > published) {
                unpublished.add(key);
            }
        });
    }

    /** The cells under which a delta is counted, some of them {@code __other__}. */
    Map<CellKey, SliceCounts> place(List<Delta.Cell> cells) {
        Map<CellKey, SliceCounts> batch = new LinkedHashMap<>(2 * cells.size());
        for (Delta.Cell cell : cells) {
            CellKey key = new CellKey(
                    registry.place(cell.modelVersion()), cell.bucketStartMs(), registry.place(cell.slice()));
            batch.merge(key, cell.counts(), SliceCounts::sum);
        }
        if (registry.size() != savedRegistrySize) {
            store.put(registry);
            savedRegistrySize = registry.size();
        }
        return batch;
    }

    /**
     * Adds a batch and returns its cells as they are now; the caller puts them back once it has bet on them.
     *
     * @param number of the batch, one more than the last one's
     */
    Map<CellKey, BucketCell> merge(Map<CellKey, SliceCounts> batch, long number) {
        List<CellKey> known = new ArrayList<>(batch.size());
        // To find out that there is none costs RocksDB more than to find one, and a bucket begins with none.
        batch.keySet().forEach(key -> {
            if (recent(key.versionSlice()).mayHold(key.bucketStartMs())) {
                known.add(key);
            }
        });
        store.expect(known, registry.size());
        Map<CellKey, BucketCell> cells = new LinkedHashMap<>(2 * batch.size());
        batch.forEach((key, counts) -> {
            VersionSlice slice = key.versionSlice();
            RecentBuckets buckets = recent(slice);
            BucketCell cell = buckets.mayHold(key.bucketStartMs()) ? store.cell(key) : new BucketCell();
            cell.add(counts, number);
            cells.put(key, cell);
            unpublished.add(key);
            buckets.put(key.bucketStartMs(), cell.counts());
            totals.computeIfAbsent(slice, any -> new SliceCounts()).add(counts);
        });
        return cells;
    }

    /** The cells that changed since this was last called, in order. */
    List<CellKey> takeUnpublished() {
        List<CellKey> taken = new ArrayList<>(unpublished);
        unpublished.clear();
        Collections.sort(taken);
        store.expect(taken, registry.size());
        return taken;
    }

    /** Adds what came of sessions. */
    void add(SessionSample more) {
        if (!more.isEmpty()) {
            sessions.add(more);
            store.write(Part.SESSIONS, sessions::writeTo);
        }
    }

    /** How much of one labelled inference each counts as, by the sessions so far. */
    double weight(SessionWeighting weighting) {
        long scored = 0;
        for (String version : versions()) {
            scored += total(new VersionSlice(version, Slice.OVERALL))
                    .firstScores()
                    .count();
        }
        return sessions.weight(weighting, scored);
    }

    /** How long the labels of the deployment took so far. */
    DelayHistogram labelDelays() {
        DelayHistogram delays = new DelayHistogram();
        for (String version : versions()) {
            delays.add(total(new VersionSlice(version, Slice.OVERALL)).labelDelays());
        }
        return delays;
    }

    /** Scores so far of a slice's parent, or of all traffic for the overall slice. */
    long scoresAround(VersionSlice key) {
        Slice around = key.slice().isOverall() ? key.slice() : key.slice().parent();
        SliceCounts total = totals.get(new VersionSlice(key.modelVersion(), around));
        return total == null ? 0 : total.firstScores().count();
    }

    /** All that was counted of the versions that answered in the newest bucket, in a baseline's form. */
    Map<Slice, SliceBaseline> current() {
        Set<String> versions = new TreeSet<>();
        long newestMs = Long.MIN_VALUE;
        for (Map.Entry<VersionSlice, RecentBuckets> entry : recent.entrySet()) {
            RecentBuckets buckets = entry.getValue();
            if (entry.getKey().slice().isOverall() && !buckets.isEmpty() && buckets.newestStartMs() >= newestMs) {
                if (buckets.newestStartMs() > newestMs) {
                    versions.clear();
                }
                newestMs = buckets.newestStartMs();
                versions.add(entry.getKey().modelVersion());
            }
        }
        return sums(versions::contains).parts();
    }

    /** All that was counted of every slice, in the form a baseline is learned in. */
    BaselineLearning sums() {
        return sums(any -> true);
    }

    private BaselineLearning sums(Predicate<String> versions) {
        BaselineLearning sums = new BaselineLearning();
        totals.forEach((key, total) -> {
            if (versions.test(key.modelVersion())) {
                sums.add(key.slice(), total);
            }
        });
        return sums;
    }

    RecentBuckets recent(VersionSlice slice) {
        return recent.computeIfAbsent(slice, any -> new RecentBuckets());
    }

    /** All that was counted of a slice; nothing before its first inference. */
    SliceCounts total(VersionSlice slice) {
        SliceCounts total = totals.get(slice);
        return total == null ? new SliceCounts() : total;
    }

    void eachTotal(BiConsumer<VersionSlice, SliceCounts> consumer) {
        totals.forEach(consumer);
    }

    Set<String> versions() {
        Set<String> versions = registry.versions();
        versions.add(Slice.OTHER);
        return versions;
    }
}
