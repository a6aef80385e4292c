package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.load.Shape;
import dev.lastmile.benchmarks.process.Installation;
import java.io.IOException;

/** How the events come that are measured. */
sealed interface Arrival permits Backlog, SteadyRate {

    /** Inferences of the load, if it is of this shape. */
    int inferences(Shape shape);

    /** When ground truths come. */
    Pattern pattern(Pattern asked);

    /**
     * Has a load worked off; when this returns all of it is counted.
     *
     * @return what was done in the time that counts
     * @throws IOException when it took too long, or an instance ended
     */
    Passage work(Installation installation, Load load) throws IOException, InterruptedException;
}
