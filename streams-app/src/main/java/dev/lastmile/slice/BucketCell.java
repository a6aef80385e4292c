package dev.lastmile.slice;

import dev.lastmile.stats.ScoreHistogram;

/**
 * One slice in one bucket: what was counted, and how much of it a detector has already bet on together with its rest.
 * Evidence of slice and rest is only ever paired within one bucket, so that labels which come later for one slice than for
 * another are never compared across time. Mutable.
 */
public final class BucketCell {

    private final SliceCounts counts;
    private ScoreHistogram usedOfSlice;
    private ScoreHistogram usedOfRest;

    public BucketCell() {
        this(new SliceCounts(), new ScoreHistogram(), new ScoreHistogram());
    }

    /** A cell as it was read back; the parts become this object's own. */
    public BucketCell(SliceCounts counts, ScoreHistogram usedOfSlice, ScoreHistogram usedOfRest) {
        this.counts = counts;
        this.usedOfSlice = usedOfSlice;
        this.usedOfRest = usedOfRest;
    }

    public SliceCounts counts() {
        return counts;
    }

    /** Scores of the slice that were bet on. */
    public ScoreHistogram usedOfSlice() {
        return usedOfSlice;
    }

    /** Scores of its rest that were bet on. */
    public ScoreHistogram usedOfRest() {
        return usedOfRest;
    }

    /** Scores of the slice still to be bet on. */
    public ScoreHistogram pendingOfSlice() {
        return counts.firstScores().minus(usedOfSlice);
    }

    /** Scores of the rest still to be bet on; {@code parent} is the same bucket of {@link Slice#parent()}. */
    public ScoreHistogram pendingOfRest(BucketCell parent) {
        return restIn(parent).minus(usedOfRest);
    }

    /** Marks all of slice and rest as bet on, or as used up by a baseline. */
    public void use(BucketCell parent) {
        usedOfSlice = counts.firstScores().copy();
        usedOfRest = restIn(parent);
    }

    private ScoreHistogram restIn(BucketCell parent) {
        return parent.counts.firstScores().minus(counts.firstScores());
    }
}
