package dev.lastmile.detection;

import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.stats.ScoreHistogram;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds which slice carries an effect that shows in several: the accent, the accent in one noise, or the noise.
 *
 * <p>The candidates for an alarm of slice s are the slices within s and those that s is within, as far as their own
 * comparison could show the same trouble. Each is compared over the same window with its own rest and baseline, and the one
 * whose effect stands out most, in standard errors, carries it: z² is twice the log-likelihood ratio of "the effect is in
 * all of this slice and nowhere else", so that a slice with the effect in one part only loses to that part, and a part to the
 * whole where the outside is as bad as the inside. Which slice is named is an estimate; how often a page is raised does not
 * depend on it.
 */
final class Carriers {

    /** Buckets a window reaches back at most: what is older would cost more reading than it can tell. */
    private static final int MOST_BUCKETS = 1_000;

    private final String modelVersion;
    private final Verdict verdict;
    private final long bucketMs;
    private final Function<CellKey, BucketCell> cells;

    Carriers(String modelVersion, Verdict verdict, long bucketMs, Function<CellKey, BucketCell> cells) {
        this.modelVersion = modelVersion;
        this.verdict = verdict;
        this.bucketMs = bucketMs;
        this.cells = cells;
    }

    /**
     * Whether an alarm of one slice may be about the other: one holds the other, and where there is a rest, both compare the
     * same term or the wider one is what the narrower is a part of. The siblings within {@code noise=imaging} say nothing
     * about {@code noise=imaging} itself, since all of them have it.
     */
    boolean related(Slice alarmed, Slice candidate) {
        Set<Slice.Term> its = new HashSet<>(alarmed.terms());
        Set<Slice.Term> others = new HashSet<>(candidate.terms());
        if (others.containsAll(its)) {
            return !verdict.hasRest() || !alarmed.isOverall();
        }
        return its.containsAll(others)
                && (!verdict.hasRest() || (!candidate.isOverall() && others.contains(alarmed.last())));
    }

    /** What a slice and its rest scored in a window. */
    Since in(Slice slice, long fromMs, long toExclusiveMs) {
        ScoreHistogram its = scores(slice, fromMs, toExclusiveMs);
        ScoreHistogram rest = verdict.hasRest()
                ? scores(slice.parent(), fromMs, toExclusiveMs).minus(its)
                : new ScoreHistogram();
        return Since.of(its, rest, fromMs, toExclusiveMs);
    }

    private ScoreHistogram scores(Slice slice, long fromMs, long toExclusiveMs) {
        ScoreHistogram sum = new ScoreHistogram();
        long startMs = Math.max(fromMs, toExclusiveMs - MOST_BUCKETS * bucketMs);
        for (long bucketMsNow = startMs; bucketMsNow < toExclusiveMs; bucketMsNow += bucketMs) {
            SliceCounts counts =
                    cells.apply(new CellKey(modelVersion, bucketMsNow, slice)).counts();
            sum.add(verdict == Verdict.LABEL_COVERAGE ? counts.missingLabels() : counts.firstScores());
        }
        return sum;
    }

    /**
     * How strongly each candidate shows the effect, for those that might be named: the alarmed slice, and every relative whose
     * own gates let an alarm pass.
     *
     * @param watches of the verdict, by slice
     */
    Map<Slice, Candidate> candidates(Slice alarmed, Effect effect, Map<Slice, Watch> watches) {
        Map<Slice, Candidate> candidates = new TreeMap<>();
        watches.forEach((slice, watch) -> {
            if (slice.equals(alarmed) || related(alarmed, slice)) {
                Since since = in(slice, effect.windowStartMs(), effect.windowEndExclusiveMs());
                boolean nameable = slice.equals(alarmed)
                        || (!since.isEmpty() && watch.comparison().letsPass(since));
                if (nameable) {
                    candidates.put(
                            slice, new Candidate(since, watch.comparison().strength(since)));
                }
            }
        });
        return candidates;
    }

    /**
     * A slice that might carry the effect.
     *
     * @param since what was observed of it in the alarm's window
     * @param strength z
     */
    record Candidate(Since since, double strength) {}

    /** The strongest; of equals the alarmed one, else the first. */
    static Slice strongest(Slice alarmed, Map<Slice, Candidate> candidates) {
        Slice best = alarmed;
        for (Slice candidate : candidates.keySet()) {
            if (strengthOf(candidate, candidates) > strengthOf(best, candidates)) {
                best = candidate;
            }
        }
        return best;
    }

    /** z of a slice; below any other where it is no candidate. */
    static double strengthOf(Slice slice, Map<Slice, Candidate> candidates) {
        Candidate candidate = candidates.get(slice);
        return candidate == null ? Double.NEGATIVE_INFINITY : candidate.strength();
    }
}
