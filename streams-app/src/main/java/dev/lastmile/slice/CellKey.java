package dev.lastmile.slice;

/** One slice of one model version in one bucket. */
public record CellKey(String modelVersion, long bucketStartMs, Slice slice) implements Comparable<CellKey> {

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
        // Names that are equal are found equal sooner than they are compared.
        int byVersion = modelVersion.equals(other.modelVersion) ? 0 : modelVersion.compareTo(other.modelVersion);
        if (byVersion != 0) {
            return byVersion;
        }
        int byBucket = Long.compare(bucketStartMs, other.bucketStartMs);
        return byBucket != 0 ? byBucket : slice.compareTo(other.slice);
    }
}
