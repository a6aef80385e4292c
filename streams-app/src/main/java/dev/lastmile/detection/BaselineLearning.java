package dev.lastmile.detection;

import dev.lastmile.slice.OrderedHash;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.stats.ScoreHistogram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sums of what a baseline is being learned from, slice by slice. Mutable. */
public final class BaselineLearning {

    private static final byte FORMAT = 1;

    private final Map<Slice, Tally> tallies = new OrderedHash<>();

    /** What is kept of one slice. */
    private static final class Tally {
        private long received;
        private long labelled;
        private long errors;
        private long trials;
        private ScoreHistogram scores = new ScoreHistogram();

        private boolean isEmpty() {
            return received == 0 && labelled == 0 && errors == 0 && trials == 0 && scores.count() == 0;
        }

        private SliceBaseline frozen() {
            long scored = scores.count();
            // A retraction may come after the label it takes back was counted elsewhere; a rate below 0 is nobody's.
            long counted = Math.max(labelled, scored);
            return new SliceBaseline(
                    Math.max(received, counted),
                    counted,
                    scored,
                    Math.max(0, errors),
                    Math.max(0, trials),
                    scored == 0 ? 0 : scores.mean(),
                    scored == 0 ? 0 : scores.variance());
        }
    }

    /** Adds what a batch brought of a slice, which may be a retraction. */
    public void add(Slice slice, SliceCounts batchDelta) {
        Tally tally = tallies.computeIfAbsent(slice, any -> new Tally());
        tally.received += batchDelta.received();
        tally.labelled += batchDelta.labelled();
        tally.errors += batchDelta.ratio().errors();
        tally.trials += batchDelta.ratio().trials();
        tally.scores.add(batchDelta.firstScores());
    }

    /** Adds scores of a slice that are not those of labels, each as one inference. */
    void addScores(Slice slice, ScoreHistogram scores) {
        Tally tally = tallies.computeIfAbsent(slice, any -> new Tally());
        tally.received += scores.count();
        tally.labelled += scores.count();
        tally.scores.add(scores);
    }

    /** Takes away what was added before, which must be a part of it; as if it had not been added. */
    public void subtract(BaselineLearning part) {
        part.tallies.forEach((slice, its) -> {
            Tally tally = tallies.computeIfAbsent(slice, any -> new Tally());
            tally.received -= its.received;
            tally.labelled -= its.labelled;
            tally.errors -= its.errors;
            tally.trials -= its.trials;
            tally.scores = tally.scores.minus(its.scores);
        });
    }

    /** Labelled inferences of the deployment so far. */
    public long labelled() {
        Tally overall = tallies.get(Slice.OVERALL);
        return overall == null ? 0 : overall.labelled;
    }

    /**
     * The baseline that follows from all that was added.
     *
     * @param source where it comes from
     * @param fromMs start of the period, event time in epoch milliseconds
     * @param toExclusiveMs end of the period
     * @param frozenAtMs processing clock
     * @param designEffect of the sessions it was learned from, at least 1
     */
    public Baseline freeze(
            Baseline.Source source, long fromMs, long toExclusiveMs, long frozenAtMs, double designEffect) {
        return Baseline.of(source, fromMs, toExclusiveMs, frozenAtMs, designEffect, parts());
    }

    /** Every slice of which something was added, as it would be if it were frozen now, in the order of slices. */
    public Map<Slice, SliceBaseline> parts() {
        Map<Slice, SliceBaseline> parts = new LinkedHashMap<>();
        tallies.forEach((slice, tally) -> {
            if (!tally.isEmpty()) {
                parts.put(slice, tally.frozen());
            }
        });
        return parts;
    }

    /** Writes the sums, a format version first. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeInt(tallies.size());
        for (Map.Entry<Slice, Tally> entry : tallies.entrySet()) {
            Tally tally = entry.getValue();
            out.writeUTF(entry.getKey().toString());
            out.writeLong(tally.received);
            out.writeLong(tally.labelled);
            out.writeLong(tally.errors);
            out.writeLong(tally.trials);
            tally.scores.writeTo(out);
        }
    }

    /** The inverse of {@link #writeTo}; throws {@link IOException} for another format. */
    public static BaselineLearning readFrom(DataInput in) throws IOException {
        StateFormat.require("baseline being learned", FORMAT, in);
        BaselineLearning learning = new BaselineLearning();
        for (int left = in.readInt(); left > 0; left--) {
            Slice slice = Slice.parse(in.readUTF());
            Tally tally = new Tally();
            tally.received = in.readLong();
            tally.labelled = in.readLong();
            tally.errors = in.readLong();
            tally.trials = in.readLong();
            tally.scores = ScoreHistogram.readFrom(in);
            learning.tallies.put(slice, tally);
        }
        return learning;
    }
}
