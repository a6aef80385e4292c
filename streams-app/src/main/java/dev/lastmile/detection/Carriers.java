package dev.lastmile.detection;

import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.stats.ScoreHistogram;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds which slice carries an effect that shows in several: the accent, the accent in one noise, or the noise.
 *
 * <p>The candidates for an alarm of slice s are the slices within s and those that s is within, as far as their own
 * comparison could show the same trouble. Each is compared with its own rest and baseline, over the alarm's window or the
 * one since the change that it would itself date: the alarm's own was chosen by the luck of the alarmed slice. z²/2 is the
 * log-likelihood ratio of "the effect is in all of this slice and nowhere else". Beforehand each set of dimensions is as
 * likely as another, and so a slice that is one of m with its dimensions has ln m against it: of many small slices some
 * stand out by luck. So a slice with the effect in one
 * part only loses to that part, and a part to the whole where the outside is as bad as the inside. Which slice is named is
 * an estimate; how often a page is raised does not depend on it.
 */
final class Carriers {

    /** Buckets a window reaches back at most: what is older would cost more reading than it can tell. */
    private static final int MOST_BUCKETS = 1_000;

    private static final double CLEAR_LEAD = 2;

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
        Map<Set<String>, Integer> alternatives = new HashMap<>();
        watches.keySet().forEach(slice -> alternatives.merge(dimensionsOf(slice), 1, Integer::sum));
        watches.forEach((slice, watch) -> {
            if (slice.equals(alarmed) || related(alarmed, slice)) {
                Since since = clearest(watch, in(slice, effect.windowStartMs(), effect.windowEndExclusiveMs()));
                boolean nameable = slice.equals(alarmed)
                        || (!since.isEmpty() && watch.comparison().letsPass(since));
                if (nameable) {
                    double prior = -Math.log(alternatives.getOrDefault(dimensionsOf(slice), 1));
                    candidates.put(
                            slice, new Candidate(since, watch.comparison().strength(since), prior));
                }
            }
        });
        return candidates;
    }

    /**
     * A slice that might carry the effect.
     *
     * @param since what was observed of it in the window that shows more
     * @param strength z
     * @param logPrior what speaks for it beforehand, −ln m
     */
    record Candidate(Since since, double strength, double logPrior) {

        /** z²/2, with the sign of z, and the prior. */
        double logPosterior() {
            return strength * Math.abs(strength) / 2 + logPrior;
        }
    }

    private static Set<String> dimensionsOf(Slice slice) {
        return slice.asMap().keySet();
    }

    /** Of the alarm's window and the one since the change that the slice itself would date, the one that shows more. */
    private static Since clearest(Watch watch, Since inWindow) {
        Since own = watch.sinceOnset();
        return watch.comparison().strength(own) > watch.comparison().strength(inWindow) ? own : inWindow;
    }

    /** The strongest; of equals the alarmed one, else the first. */
    static Slice strongest(Slice alarmed, Map<Slice, Candidate> candidates) {
        Slice best = alarmed;
        for (Slice candidate : candidates.keySet()) {
            if (posteriorOf(candidate, candidates) > posteriorOf(best, candidates)) {
                best = candidate;
            }
        }
        return best;
    }

    /**
     * Whether one slice stands out enough for a page to be named after it: ahead of every other by {@value #CLEAR_LEAD} in
     * log-likelihood, priors included, which is odds of seven to one.
     */
    static boolean isClear(Slice strongest, Map<Slice, Candidate> candidates) {
        double best = posteriorOf(strongest, candidates);
        return candidates.keySet().stream()
                .filter(slice -> !slice.equals(strongest))
                .allMatch(slice -> best - posteriorOf(slice, candidates) >= CLEAR_LEAD);
    }

    private static double posteriorOf(Slice slice, Map<Slice, Candidate> candidates) {
        Candidate candidate = candidates.get(slice);
        return candidate == null ? Double.NEGATIVE_INFINITY : candidate.logPosterior();
    }

    /** z of a slice; below any other where it is no candidate. */
    static double strengthOf(Slice slice, Map<Slice, Candidate> candidates) {
        Candidate candidate = candidates.get(slice);
        return candidate == null ? Double.NEGATIVE_INFINITY : candidate.strength();
    }
}
