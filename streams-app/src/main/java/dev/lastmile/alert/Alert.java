package dev.lastmile.alert;

import dev.lastmile.detection.Verdict;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.Coarse;
import dev.lastmile.stats.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One alert as it stands, with all a human needs to believe or dismiss it. Times are event time in epoch milliseconds. Means, ratios
 * and counts are {@link Shown} ones: rounded by what they rest on, and absent where that is too little.
 *
 * @param alertId stable over the alert's life, and over a re-fire within the cool-down
 * @param kind what is claimed
 * @param state where it stands
 * @param deployment whose
 * @param modelVersion which version is claimed to be worse
 * @param slice which slice
 * @param effect estimated effect since onset in score units; a difference of differences, a difference, or a gap by kind
 * @param interval 95 % interval of the effect, for display; the alarm rests on the evidence process, not on it
 * @param sliceMean mean score of the slice since onset
 * @param restMean mean score of the rest since onset; absent for DEGRADATION
 * @param baselineSliceMean what the slice's mean was in the baseline used; absent for DISPARITY
 * @param baselineRestMean what the rest's mean was in the baseline used; absent for DEGRADATION and DISPARITY
 * @param labelled labelled inferences of the slice since onset: so many or more, see {@link Coarse#count}
 * @param coverageNow labelled over received in the slice since onset's bucket; absent when not known
 * @param restCoverageNow the same of its rest; absent when not known, or where there is none
 * @param coverageAtBaseline the same in the baseline; absent without one
 * @param ratioNow errors over trials of the slice in the window, the rate people know; absent when not known
 * @param ratioAtBaseline the same in the baseline used; absent without one or where it holds no counts of errors
 * @param baselineVersion which baseline; absent for DISPARITY
 * @param baselineSlice whose baseline was used: the slice's own or that of its nearest ancestor; absent for DISPARITY
 * @param windowStartMs start of the first bucket since onset
 * @param windowEndExclusiveMs end of the last bucket with evidence
 * @param startedAtMs when it fired: the processing clock of the batch that tipped the balance, see topology
 * @param endedAtMs when it was resolved; absent while it is not
 * @param companions other slices in which the same trouble shows or may show: suspect when it fired, or firing and told by
 *     this alert; in the order of slices
 * @param weight how much of one labelled inference each counted as, in (0, 1]; less than 1 where sessions hang together
 * @param novelty what is known of the slice; for {@link Verdict#NEW_CONDITION} only
 * @param configurationHash of the settings in force
 * @param message one sentence for a tired human
 */
public record Alert(
        String alertId,
        Verdict kind,
        AlertState state,
        DeploymentId deployment,
        String modelVersion,
        Slice slice,
        double effect,
        Interval interval,
        double sliceMean,
        @Nullable Double restMean,
        @Nullable Double baselineSliceMean,
        @Nullable Double baselineRestMean,
        long labelled,
        @Nullable Double coverageNow,
        @Nullable Double restCoverageNow,
        @Nullable Double coverageAtBaseline,
        @Nullable Double ratioNow,
        @Nullable Double ratioAtBaseline,
        @Nullable String baselineVersion,
        @Nullable Slice baselineSlice,
        long windowStartMs,
        long windowEndExclusiveMs,
        long startedAtMs,
        @Nullable Long endedAtMs,
        List<Slice> companions,
        double weight,
        @Nullable Novelty novelty,
        String configurationHash,
        String message) {

    /** How many companions are named at most. */
    static final int MOST_COMPANIONS = 20;

    public Alert {
        companions = List.copyOf(companions.subList(0, Math.min(companions.size(), MOST_COMPANIONS)));
    }

    /** This alert in another state, with the sentence that belongs to it. */
    Alert inState(AlertState newState, @Nullable Long newEndedAtMs, String newMessage) {
        return new Alert(
                alertId,
                kind,
                newState,
                deployment,
                modelVersion,
                slice,
                effect,
                interval,
                sliceMean,
                restMean,
                baselineSliceMean,
                baselineRestMean,
                labelled,
                coverageNow,
                restCoverageNow,
                coverageAtBaseline,
                ratioNow,
                ratioAtBaseline,
                baselineVersion,
                baselineSlice,
                windowStartMs,
                windowEndExclusiveMs,
                startedAtMs,
                newEndedAtMs,
                companions,
                weight,
                novelty,
                configurationHash,
                newMessage);
    }
}
