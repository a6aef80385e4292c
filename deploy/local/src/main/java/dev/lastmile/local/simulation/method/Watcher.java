package dev.lastmile.local.simulation.method;

import dev.lastmile.local.simulation.traffic.Batch;
import java.util.List;

/** One watch over one stream of labels. Mutable; for one thread. */
public interface Watcher {

    /**
     * Takes in what arrived together.
     *
     * @return what is called out now, the best founded first; empty when there is nothing new
     */
    List<Call> observe(Batch batch);
}
