package dev.lastmile.slice;

/** One slice of one model version. */
public record VersionSlice(String modelVersion, Slice slice) implements Comparable<VersionSlice> {

    /** What contains this slice and its siblings, of the same version; see {@link Slice#parent()}. */
    public VersionSlice parent() {
        return new VersionSlice(modelVersion, slice.parent());
    }

    @Override
    public int compareTo(VersionSlice other) {
        int byVersion = modelVersion.compareTo(other.modelVersion);
        return byVersion != 0 ? byVersion : slice.compareTo(other.slice);
    }
}
