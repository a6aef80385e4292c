package dev.lastmile.slice;

import dev.lastmile.score.Score;
import dev.lastmile.stats.DelayHistogram;
import dev.lastmile.stats.RatioSums;
import dev.lastmile.stats.ScoreHistogram;
import java.util.OptionalInt;

/**
 * What is counted of one slice in one bucket. Every part is a sum of integers, so the counts of two parts add up to the
 * counts of the whole, in any order. Mutable.
 *
 * <p>Two views of the same labels: {@link #ratio()} follows corrections of the ground truth, {@link #firstScores()} holds
 * the first version of each label only, because a detector cannot take a bet back.
 */
public final class SliceCounts {

    private long received;
    private long labelled;
    private long emptyReferences;
    private long substitutions;
    private long deletions;
    private long insertions;
    private final RatioSums ratio;
    private final ScoreHistogram firstScores;
    private final DelayHistogram labelDelays;

    public SliceCounts() {
        this(0, 0, 0, 0, 0, 0, new RatioSums(), new ScoreHistogram(), new DelayHistogram());
    }

    /** The counts as they were read back; see the accessors. The sums and histograms become this object's own. */
    public SliceCounts(
            long received,
            long labelled,
            long emptyReferences,
            long substitutions,
            long deletions,
            long insertions,
            RatioSums ratio,
            ScoreHistogram firstScores,
            DelayHistogram labelDelays) {
        this.received = received;
        this.labelled = labelled;
        this.emptyReferences = emptyReferences;
        this.substitutions = substitutions;
        this.deletions = deletions;
        this.insertions = insertions;
        this.ratio = ratio;
        this.firstScores = firstScores;
        this.labelDelays = labelDelays;
    }

    /** Counts an accepted inference. */
    public void addReceived() {
        received++;
    }

    /** Counts the first label of an inference, {@code delayMs} after the inference occurred. */
    public void addFirstLabel(Score score, long delayMs) {
        addFirstLabel(new SliceCounts[] {this}, score, delayMs);
    }

    /** Counts the first label of an inference in each of these. */
    public static void addFirstLabel(SliceCounts[] slices, Score score, long delayMs) {
        OptionalInt scoreBin = score.bin();
        int delayBin = DelayHistogram.binOf(delayMs);
        for (SliceCounts counts : slices) {
            counts.addLabel(score, 1);
            if (scoreBin.isPresent()) {
                counts.firstScores.add(scoreBin.getAsInt(), 1);
            }
            counts.labelDelays.add(delayBin, 1);
        }
    }

    /** Replaces a label's contribution by its correction. */
    public void correct(Score before, Score after) {
        addLabel(before, -1);
        addLabel(after, 1);
    }

    private void addLabel(Score score, int sign) {
        labelled += sign;
        if (score.emptyReference()) {
            emptyReferences += sign;
            return;
        }
        ratio.add(score.errors(), score.trials(), sign);
        substitutions += sign * score.substitutions();
        deletions += sign * score.deletions();
        insertions += sign * score.insertions();
    }

    /** The counts of two parts together, which stay as they are. */
    public static SliceCounts sum(SliceCounts one, SliceCounts other) {
        SliceCounts sum = new SliceCounts();
        sum.add(one);
        sum.add(other);
        return sum;
    }

    /** Adds another part. A part may be negative, as the retraction of a corrected label is. */
    public void add(SliceCounts other) {
        add(
                other.received,
                other.labelled,
                other.emptyReferences,
                other.substitutions,
                other.deletions,
                other.insertions);
        ratio.add(other.ratio);
        firstScores.add(other.firstScores);
        labelDelays.add(other.labelDelays);
    }

    /** Adds another part's numbers, see the accessors; its sums and histograms are added to those by themselves. */
    public void add(
            long itsReceived,
            long itsLabelled,
            long itsEmptyReferences,
            long itsSubstitutions,
            long itsDeletions,
            long itsInsertions) {
        received += itsReceived;
        labelled += itsLabelled;
        emptyReferences += itsEmptyReferences;
        substitutions += itsSubstitutions;
        deletions += itsDeletions;
        insertions += itsInsertions;
    }

    /** Inferences accepted. */
    public long received() {
        return received;
    }

    /** Inferences with a standing ground truth, those with an empty reference included. */
    public long labelled() {
        return labelled;
    }

    /** Labelled inferences whose reference is empty: not in the ratio. */
    public long emptyReferences() {
        return emptyReferences;
    }

    /** Words replaced by others; 0 unless the metric is a word error rate over transcripts. */
    public long substitutions() {
        return substitutions;
    }

    /** Words of the reference that are missing. */
    public long deletions() {
        return deletions;
    }

    /** Words that are not in the reference. */
    public long insertions() {
        return insertions;
    }

    /** Errors over trials, following corrections. */
    public RatioSums ratio() {
        return ratio;
    }

    /** Scores of first labels, what detectors bet on. */
    public ScoreHistogram firstScores() {
        return firstScores;
    }

    /** Inferences by whether their label is missing: score 1 without, 0 with one. */
    public ScoreHistogram missingLabels() {
        ScoreHistogram missing = new ScoreHistogram();
        long known = Math.max(0, Math.min(received, labelled));
        missing.add(0, known);
        missing.add(ScoreHistogram.BINS - 1, Math.max(0, received) - known);
        return missing;
    }

    /** How long first labels took. */
    public DelayHistogram labelDelays() {
        return labelDelays;
    }
}
