package dev.lastmile.local.simulation.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * What a deployment was like before: the labels every method learns from. Shared by all methods of a run; nobody changes
 * it.
 *
 * @param batches in order of arrival
 * @param scores the sums of them
 */
public record LearnedBaseline(List<Batch> batches, ScoreTable scores) {

    /** The number of the first session after a baseline. */
    public static final int SESSIONS_AFTER = 1 << 30;

    /**
     * Draws a baseline. Its labels have all arrived, whatever the pace's delays.
     *
     * @param labels how many, at least; batches are not split
     */
    public static LearnedBaseline draw(Traffic traffic, Pace pace, SessionTables tables, long labels, long seed) {
        LabelStream stream = new LabelStream(Course.steady(traffic), pace.with(LabelDelays.NONE), tables, 1, seed);
        List<Batch> batches = new ArrayList<>();
        ScoreTable scores = new ScoreTable(traffic.space());
        while (scores.count(SliceSpace.OVERALL) < labels) {
            Batch batch = stream.next();
            batches.add(batch);
            scores.add(batch);
        }
        return new LearnedBaseline(List.copyOf(batches), scores);
    }
}
