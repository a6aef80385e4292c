package dev.lastmile.detection;

import dev.lastmile.slice.Slice;
import dev.lastmile.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * How large an effect is, and what it was computed from. All means are of scores in [0,1].
 *
 * @param size the effect: a difference of differences, a difference from the baseline, or a gap, by verdict
 * @param interval 95 % interval of the size, for display only
 * @param sliceMean mean of the slice since onset; 0 where nothing is labelled yet, as may be for a {@link
 *     Verdict#NEW_CONDITION}
 * @param restMean mean of the rest since onset; absent for {@link Verdict#DEGRADATION}
 * @param baselineSliceMean mean of the slice in the baseline used; absent for {@link Verdict#DISPARITY}
 * @param baselineRestMean mean of the rest in the baseline used; for {@link Verdict#DISPARATE_DEGRADATION} only
 * @param labelled labelled inferences of the slice since onset
 * @param basis how many scores the means are of
 * @param windowStartMs start of the first bucket since onset
 * @param windowEndExclusiveMs end of the last bucket since onset
 * @param baselineSlice whose baseline was used, the slice's own or an ancestor's; absent for {@link Verdict#DISPARITY}
 * @param baselineCoverage labelled over received in that baseline; absent where it is not known
 */
public record Effect(
        double size,
        Interval interval,
        double sliceMean,
        @Nullable Double restMean,
        @Nullable Double baselineSliceMean,
        @Nullable Double baselineRestMean,
        long labelled,
        Basis basis,
        long windowStartMs,
        long windowEndExclusiveMs,
        @Nullable Slice baselineSlice,
        @Nullable Double baselineCoverage) {

    /**
     * How many scores, or inferences, means are of; 0 for one that is absent.
     *
     * @param slice of the slice since onset
     * @param rest of the rest since onset
     * @param baselineSlice of the slice in the baseline used
     * @param baselineRest of the rest in the baseline used
     */
    public record Basis(long slice, long rest, long baselineSlice, long baselineRest) {

        /** Nothing was scored yet. */
        public static final Basis NONE = new Basis(0, 0, 0, 0);
    }

    /** The least of what the means are of: the size is no more certain than that allows. */
    public long leastBasis() {
        long least = basis.slice();
        least = restMean == null ? least : Math.min(least, basis.rest());
        least = baselineSliceMean == null ? least : Math.min(least, basis.baselineSlice());
        return baselineRestMean == null ? least : Math.min(least, basis.baselineRest());
    }

    public Effect {
        if (!Double.isFinite(size)) {
            throw new IllegalArgumentException("size must be finite: " + size);
        }
        if (labelled < 0) {
            throw new IllegalArgumentException("labelled must be >= 0: " + labelled);
        }
    }
}
