package dev.lastmile.alert;

import dev.lastmile.slice.Slice;
import java.util.List;

/**
 * What is known of a slice that the baseline has never seen.
 *
 * @param firstSeenMs start of the first bucket it was in, event time in epoch milliseconds
 * @param trafficShare its share of the deployment's inferences since then, in [0, 1]
 * @param labelsNeeded the slice itself and the cells within it that have fewer labels than a baseline needs
 */
public record Novelty(long firstSeenMs, double trafficShare, List<Need> labelsNeeded) {

    /** How many cells are asked for at most. */
    public static final int MOST_NEEDS = 20;

    /**
     * A request for labels.
     *
     * @param slice of which cell
     * @param labelled so far; 0 also where there are fewer than {@link SliceStanding#MINIMUM_SHOWN}
     * @param needed in all
     */
    public record Need(Slice slice, long labelled, long needed) {}

    public Novelty {
        labelsNeeded = List.copyOf(labelsNeeded.subList(0, Math.min(MOST_NEEDS, labelsNeeded.size())));
    }
}
