package dev.lastmile.local.replay;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All rows of both files, and which slices were seen in them. Mutable while files are read. */
final class Recording {

    /** By their own time; at equal times inferences first, then as the files have them. */
    private static final Comparator<TimedRecord> ORDER =
            Comparator.comparingLong(TimedRecord::atMs).thenComparing(TimedRecord::isTruth);

    private final List<TimedRecord> records = new ArrayList<>();
    private final Map<DeploymentId, Set<SeenSlice>> slices = new TreeMap<>();

    /** A slice of a model version. */
    record SeenSlice(String modelVersion, Slice slice) implements Comparable<SeenSlice> {
        @Override
        public int compareTo(SeenSlice other) {
            int byVersion = modelVersion.compareTo(other.modelVersion);
            return byVersion != 0 ? byVersion : slice.compareTo(other.slice);
        }
    }

    void add(TimedRecord record) {
        records.add(record);
    }

    void sawSlices(DeploymentId deployment, String modelVersion, List<Slice> seen) {
        Set<SeenSlice> known = slices.computeIfAbsent(deployment, any -> new TreeSet<>());
        for (Slice slice : seen) {
            known.add(new SeenSlice(modelVersion, slice));
        }
    }

    /** The records in the order in which they are replayed. */
    List<TimedRecord> inOrder() {
        List<TimedRecord> sorted = new ArrayList<>(records);
        sorted.sort(ORDER);
        return sorted;
    }

    /** How many slices the deployment's inferences belong to, over all model versions. */
    int sliceCount(DeploymentId deployment) {
        return slices.getOrDefault(deployment, Set.of()).size();
    }

    int size() {
        return records.size();
    }
}
