package dev.lastmile.alert;

import dev.lastmile.slice.Slice;
import dev.lastmile.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * One slice of one model version as people may see it: all that was counted since the deployment was first seen. A slice
 * with fewer than {@link #MINIMUM_SHOWN} labelled inferences is not made into one where others can see it.
 *
 * @param slice which slice
 * @param modelVersion which version answered
 * @param received inferences accepted
 * @param labelled of those, with a standing ground truth
 * @param errors numerator, in the metric's units
 * @param trials denominator, in the metric's units
 * @param emptyReferences labelled inferences whose reference holds no word: in neither errors nor trials
 * @param ratio errors over trials; absent when trials is 0
 * @param interval 95 % interval of the ratio, valid at any time; absent when trials is 0
 * @param recentRatio the ratio over the most recent buckets; absent when they hold too little
 * @param baselineRatio the ratio in the frozen baseline; absent without one or where the slice was not in it
 * @param labelDelaySeconds median delay of first labels, within a factor of two; absent without labels
 * @param disparateEffect how much more the slice got worse than the rest, since the baseline; absent when not known
 * @param evidence largest T over the verdicts: 1 fires; absent when nothing is being watched
 */
public record SliceStanding(
        Slice slice,
        String modelVersion,
        long received,
        long labelled,
        long errors,
        long trials,
        long emptyReferences,
        @Nullable Double ratio,
        @Nullable Interval interval,
        @Nullable Double recentRatio,
        @Nullable Double baselineRatio,
        @Nullable Double labelDelaySeconds,
        @Nullable Double disparateEffect,
        @Nullable Double evidence) {

    /** k: smaller cells are suppressed on every output that others than their owner can see. */
    public static final long MINIMUM_SHOWN = 11;
}
