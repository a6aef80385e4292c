package dev.lastmile.slice;

import java.util.Comparator;

/** One slice of one model version. */
public record VersionSlice(String modelVersion, Slice slice) implements Comparable<VersionSlice> {

    private static final Comparator<VersionSlice> ORDER =
            Comparator.comparing(VersionSlice::modelVersion).thenComparing(VersionSlice::slice);

    /** What contains this slice and its siblings, of the same version; see {@link Slice#parent()}. */
    public VersionSlice parent() {
        return new VersionSlice(modelVersion, slice.parent());
    }

    @Override
    public int compareTo(VersionSlice other) {
        return ORDER.compare(this, other);
    }
}
