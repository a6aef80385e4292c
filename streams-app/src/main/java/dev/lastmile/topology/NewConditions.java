package dev.lastmile.topology;

import dev.lastmile.alert.Novelty;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.Effect;
import dev.lastmile.detection.Finding;
import dev.lastmile.detection.Finding.Change;
import dev.lastmile.detection.Sighting;
import dev.lastmile.detection.SliceDetector;
import dev.lastmile.detection.Verdict;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.RecentBuckets;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.VersionSlice;
import dev.lastmile.stats.Interval;
import dev.lastmile.topology.serde.DeploymentKeys.Part;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Notices values of a dimension that the baseline has never seen. A dimension of which the baseline holds nothing is not
 * news, value by value: whoever wrote a card left it out. Neither is what only shows in places for values that are too many
 * or must not be shown.
 */
final class NewConditions {

    private static final Interval UNKNOWN = new Interval(-1, 1);

    private final DeploymentStore store;
    private final DeploymentStatistics statistics;
    private final long neededLabels;
    private final Map<VersionSlice, Long> firstSeenMs;

    /** A new condition, and what is known of it. */
    record News(Sighting sighting, Novelty novelty) {}

    NewConditions(DeploymentPolicy policy, DeploymentStore store, DeploymentStatistics statistics) {
        this.store = store;
        this.statistics = statistics;
        neededLabels = policy.detection().minimumBaseline();
        firstSeenMs = store.read(Part.NEWS, NewConditions::read).orElseGet(TreeMap::new);
    }

    /** Another baseline is in force: what is new is to be seen anew. */
    void forget() {
        firstSeenMs.clear();
        store.delete(Part.NEWS);
    }

    /** The new conditions among what a batch touched, with as many inferences as may be shown. */
    List<News> look(
            Set<CellKey> touched, Baseline baseline, Function<VersionSlice, @Nullable SliceDetector> detectors) {
        Set<VersionSlice> slices = new TreeSet<>();
        touched.forEach(key -> {
            if (key.slice().terms().size() == 1 && isNew(key.slice(), baseline)) {
                slices.add(key.versionSlice());
                if (firstSeenMs.getOrDefault(key.versionSlice(), Long.MAX_VALUE) > key.bucketStartMs()) {
                    firstSeenMs.put(key.versionSlice(), key.bucketStartMs());
                    store.write(Part.NEWS, this::write);
                }
            }
        });
        List<News> news = new ArrayList<>();
        for (VersionSlice slice : slices) {
            if (statistics.total(slice).received() >= SliceStanding.MINIMUM_SHOWN) {
                news.add(new News(sighting(slice, detectors.apply(slice)), novelty(slice)));
            }
        }
        return news;
    }

    private static boolean isNew(Slice slice, Baseline baseline) {
        String value = slice.last().value();
        return !value.equals(Slice.OTHER)
                && !value.equals(Slice.INVALID)
                && !baseline.slices().containsKey(slice)
                && baseline.knowsDimension(slice.last().dimension());
    }

    private Sighting sighting(VersionSlice slice, @Nullable SliceDetector detector) {
        RecentBuckets recent = statistics.recent(slice);
        long fromMs = firstSeenMs.getOrDefault(slice, 0L);
        long toMs = recent.isEmpty() ? fromMs + 1 : recent.newestStartMs() + 1;
        long labelled = labelsShown(statistics.total(slice));
        Optional<Effect> gap =
                detector == null || labelled == 0 ? Optional.empty() : detector.gapOfLate(labelled, fromMs, toMs);
        Effect effect = gap.orElseGet(
                () -> new Effect(0, UNKNOWN, 0, null, null, null, 0, Effect.Basis.NONE, fromMs, toMs, null, null));
        return new Sighting(slice, new Finding(Verdict.NEW_CONDITION, Change.UPDATED, effect));
    }

    private Novelty novelty(VersionSlice slice) {
        long fromMs = firstSeenMs.getOrDefault(slice, 0L);
        VersionSlice overall = new VersionSlice(slice.modelVersion(), Slice.OVERALL);
        long its = statistics.recent(slice).between(fromMs, Long.MAX_VALUE).received();
        long all = statistics.recent(overall).between(fromMs, Long.MAX_VALUE).received();
        List<Novelty.Need> needs = new ArrayList<>();
        statistics.eachTotal((key, total) -> {
            boolean within = key.modelVersion().equals(slice.modelVersion())
                    && key.slice().terms().contains(slice.slice().last());
            if (within && isShown(total) && total.labelled() < neededLabels) {
                needs.add(Novelty.Need.of(key.slice(), total.labelled(), neededLabels));
            }
        });
        return Novelty.of(fromMs, its, all, needs);
    }

    private static boolean isShown(SliceCounts total) {
        return total.received() >= SliceStanding.MINIMUM_SHOWN;
    }

    /** Labels as others may see them: none where there are too few to be shown. */
    private static long labelsShown(SliceCounts total) {
        return total.labelled() >= SliceStanding.MINIMUM_SHOWN ? total.labelled() : 0;
    }

    private void write(DataOutput out) throws IOException {
        out.writeInt(firstSeenMs.size());
        for (Map.Entry<VersionSlice, Long> entry : firstSeenMs.entrySet()) {
            out.writeUTF(entry.getKey().modelVersion());
            out.writeUTF(entry.getKey().slice().toString());
            out.writeLong(entry.getValue());
        }
    }

    private static Map<VersionSlice, Long> read(DataInput in) throws IOException {
        Map<VersionSlice, Long> seen = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            seen.put(new VersionSlice(in.readUTF(), Slice.parse(in.readUTF())), in.readLong());
        }
        return seen;
    }
}
