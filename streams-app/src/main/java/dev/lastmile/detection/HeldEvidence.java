package dev.lastmile.detection;

import dev.lastmile.slice.CellKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The cells whose evidence waits for more of its rest; an index of the store, rebuilt from it. Mutable. */
final class HeldEvidence {

    private final Map<Bucket, Set<CellKey>> cells = new HashMap<>();

    /** One bucket of one model version. */
    record Bucket(String modelVersion, long startMs) {

        static Bucket of(CellKey cell) {
            return new Bucket(cell.modelVersion(), cell.bucketStartMs());
        }
    }

    void add(CellKey cell) {
        cells.computeIfAbsent(Bucket.of(cell), any -> new HashSet<>()).add(cell);
    }

    void remove(CellKey cell) {
        Bucket bucket = Bucket.of(cell);
        Set<CellKey> its = cells.get(bucket);
        if (its != null && its.remove(cell) && its.isEmpty()) {
            cells.remove(bucket);
        }
    }

    boolean isEmpty() {
        return cells.isEmpty();
    }

    void clear() {
        cells.clear();
    }

    /** Forgets what started before a time, which no label can reach any more. */
    void removeBefore(long bucketStartMs) {
        cells.keySet().removeIf(bucket -> bucket.startMs() < bucketStartMs);
    }

    /** The held cells of a bucket, in no order. */
    Set<CellKey> of(Bucket bucket) {
        return cells.getOrDefault(bucket, Set.of());
    }
}
