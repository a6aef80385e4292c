package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.load.Shape;
import dev.lastmile.benchmarks.process.Installation;
import java.io.IOException;

/** How the events come that are measured. */
sealed interface Arrival permits Backlog, SteadyRate {

    /** What ids of the load that is measured begin with. */
    String ID_PREFIX = "i-";

    /**
     * The load that is measured.
     *
     * @param pattern when ground truths come, where there is a choice
     * @param dayStartMs when the day begins that it is spread over, if it does not happen now
     */
    Load load(Pattern pattern, long dayStartMs, long seed, Shape shape);

    /**
     * Has a load worked off; when this returns all of it is counted.
     *
     * @return what was done in the time that counts
     * @throws IOException when it took too long, or an instance ended
     */
    Passage work(Installation installation, Load load) throws IOException, InterruptedException;
}
