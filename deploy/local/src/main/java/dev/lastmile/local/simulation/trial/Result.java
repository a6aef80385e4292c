package dev.lastmile.local.simulation.trial;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of a trial.
 *
 * @param trial which
 * @param runs of each run, the outcome of each method in the trial's order
 */
public record Result(Trial trial, List<List<Outcome>> runs) {

    public Result {
        runs = List.copyOf(runs);
    }

    /** The outcomes of one method that are of one kind, run by run. */
    public <T extends Outcome> List<T> of(int method, Class<T> kind) {
        List<T> outcomes = new ArrayList<>();
        for (List<Outcome> run : runs) {
            outcomes.add(kind.cast(run.get(method)));
        }
        return outcomes;
    }
}
