package dev.lastmile.slice;

import dev.lastmile.stats.ScoreHistogram;

/**
 * One slice in one bucket: what was counted, and how much of it a detector has already bet on together with its rest.
 * Evidence of slice and rest is only ever paired within one bucket, so that labels which come later for one slice than for
 * another are never compared across time. Mutable.
 */
public final class BucketCell {

    private final SliceCounts counts;
    private long changedIn;
    private final ScoreHistogram usedOfSlice;
    private final ScoreHistogram usedOfRest;

    public BucketCell() {
        this(0, new SliceCounts(), new ScoreHistogram(), new ScoreHistogram());
    }

    /** A cell as it was read back; the parts become this object's own. */
    public BucketCell(long changedIn, SliceCounts counts, ScoreHistogram usedOfSlice, ScoreHistogram usedOfRest) {
        this.changedIn = changedIn;
        this.counts = counts;
        this.usedOfSlice = usedOfSlice;
        this.usedOfRest = usedOfRest;
    }

    public SliceCounts counts() {
        return counts;
    }

    /** Adds what a batch brought. */
    public void add(SliceCounts more, long batch) {
        counts.add(more);
        changedIn = batch;
    }

    /** The number of the batch that its counts changed in last. */
    public long changedIn() {
        return changedIn;
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
        ScoreHistogram rest = parent.counts.firstScores().minus(counts.firstScores());
        return rest.setDifference(rest, usedOfRest);
    }

    /** Marks all of slice and rest as bet on, or as used up by a baseline. */
    public void use(BucketCell parent) {
        usedOfSlice.set(counts.firstScores());
        usedOfRest.setDifference(parent.counts.firstScores(), counts.firstScores());
    }
}
