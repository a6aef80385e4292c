package dev.lastmile.alert;

import dev.lastmile.detection.Effect;
import dev.lastmile.detection.Verdict;
import dev.lastmile.stats.Coarse;
import dev.lastmile.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of an alert as others may see them. Its slice, or what the slice is compared with, may be a cell that no output shows, or
 * the only one beside such a cell: so no number here may tell how many there are.
 */
final class Shown {

    private Shown() {}

    /** So many or more; 0 for fewer than may be shown. */
    static long count(long count) {
        return count < SliceStanding.MINIMUM_SHOWN ? 0 : Coarse.count(count);
    }

    /** A mean, or errors over trials; absent of too few. */
    static @Nullable Double ratio(@Nullable Double ratio, long restsOn) {
        return ratio == null || restsOn < SliceStanding.MINIMUM_SHOWN ? null : (Double) Coarse.ratio(ratio, restsOn);
    }

    /** How many of a whole; absent of too few. */
    static @Nullable Double share(@Nullable Double share, long whole) {
        return share == null || whole < SliceStanding.MINIMUM_SHOWN ? null : (Double) Coarse.share(share, whole);
    }

    /** An effect of which all numbers are as others may see them. */
    static Effect effect(Verdict kind, Effect exact) {
        Effect.Basis basis = exact.basis();
        boolean isCoverage = kind == Verdict.LABEL_COVERAGE;
        // Of missing labels each number is as coarse as how many there are of both.
        long least = isCoverage ? exact.leastBasis() / 10 : exact.leastBasis();
        Double sliceMean = mean(isCoverage, exact.sliceMean(), basis.slice());
        Double restMean = mean(isCoverage, exact.restMean(), basis.rest());
        Double baselineSliceMean = mean(isCoverage, exact.baselineSliceMean(), basis.baselineSlice());
        Double baselineRestMean = mean(isCoverage, exact.baselineRestMean(), basis.baselineRest());
        return new Effect(
                Coarse.ratio(exact.size(), least),
                new Interval(
                        Coarse.atMost(exact.interval().lower(), least),
                        Coarse.atLeast(exact.interval().upper(), least)),
                sliceMean == null ? Coarse.ratio(exact.sliceMean(), basis.slice()) : sliceMean,
                restMean,
                baselineSliceMean,
                baselineRestMean,
                count(exact.labelled()),
                basis,
                exact.windowStartMs(),
                exact.windowEndExclusiveMs(),
                exact.baselineSlice(),
                share(exact.baselineCoverage(), basis.baselineSlice()));
    }

    /** A mean of missing labels is a share of inferences. */
    private static @Nullable Double mean(boolean isCoverage, @Nullable Double mean, long restsOn) {
        return isCoverage ? share(mean, restsOn) : ratio(mean, restsOn);
    }
}
