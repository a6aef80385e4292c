package dev.lastmile.slice;

import java.util.Comparator;

/** One slice of one model version in one bucket. */
public record CellKey(String modelVersion, long bucketStartMs, Slice slice) implements Comparable<CellKey> {

    private static final Comparator<CellKey> ORDER = Comparator.comparing(CellKey::modelVersion)
            .thenComparingLong(CellKey::bucketStartMs)
            .thenComparing(CellKey::slice);

    /** The slice, whatever the bucket. */
    public VersionSlice versionSlice() {
        return new VersionSlice(modelVersion, slice);
    }

    /** The cell that contains this one and its siblings; see {@link Slice#parent()}. */
    public CellKey parent() {
        return new CellKey(modelVersion, bucketStartMs, slice.parent());
    }

    @Override
    public int compareTo(CellKey other) {
        return ORDER.compare(this, other);
    }
}
