package dev.lastmile.detection;

import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** The cells whose evidence waits for more of its rest; an index of the store, rebuilt from it. Mutable. */
final class HeldEvidence {

    private final NavigableSet<CellKey> cells = new TreeSet<>();

    void add(CellKey cell) {
        cells.add(cell);
    }

    void remove(CellKey cell) {
        cells.remove(cell);
    }

    boolean isEmpty() {
        return cells.isEmpty();
    }

    void clear() {
        cells.clear();
    }

    /** Forgets what started before a time, which no label can reach any more. */
    void removeBefore(long bucketStartMs) {
        cells.removeIf(cell -> cell.bucketStartMs() < bucketStartMs);
    }

    /** The held cells of the same bucket and model version. */
    Set<CellKey> besides(CellKey cell) {
        return cells.subSet(firstOf(cell, cell.bucketStartMs()), firstOf(cell, cell.bucketStartMs() + 1));
    }

    private static CellKey firstOf(CellKey cell, long bucketStartMs) {
        return new CellKey(cell.modelVersion(), bucketStartMs, Slice.OVERALL);
    }
}
