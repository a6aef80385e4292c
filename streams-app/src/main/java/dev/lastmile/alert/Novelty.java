package dev.lastmile.alert;

import dev.lastmile.slice.Slice;
import dev.lastmile.stats.Coarse;
import java.util.List;

/**
 * What is known of a slice that the baseline has never seen.
 *
 * @param firstSeenMs start of the first bucket it was in, event time in epoch milliseconds
 * @param trafficShare its share of the deployment's inferences since then, in [0, 1]: so much or more, see {@link Coarse#count}
 * @param labelsNeeded the slice itself and the cells within it that have fewer labels than a baseline needs
 */
public record Novelty(long firstSeenMs, double trafficShare, List<Need> labelsNeeded) {

    /** How many cells are asked for at most. */
    public static final int MOST_NEEDS = 20;

    /**
     * A request for labels.
     *
     * @param slice of which cell
     * @param labelled so far, as {@link Coarse#count}; 0 also where there are fewer than {@link SliceStanding#MINIMUM_SHOWN}
     * @param needed in all
     */
    public record Need(Slice slice, long labelled, long needed) {

        /** Of a cell with so many labels, which nobody is told. */
        public static Need of(Slice slice, long labelled, long needed) {
            return new Need(slice, Shown.count(labelled), needed);
        }
    }

    /**
     * Of a slice with so many inferences, which nobody is told.
     *
     * @param received of the slice since it was first seen
     * @param receivedOfAll of its deployment in the same time
     */
    public static Novelty of(long firstSeenMs, long received, long receivedOfAll, List<Need> labelsNeeded) {
        double share = receivedOfAll == 0 ? 0 : Math.min(1, Coarse.count(received) / (double) receivedOfAll);
        return new Novelty(firstSeenMs, share, labelsNeeded);
    }

    public Novelty {
        labelsNeeded = List.copyOf(labelsNeeded.subList(0, Math.min(MOST_NEEDS, labelsNeeded.size())));
    }
}
