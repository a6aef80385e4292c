package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.load.Shape;
import dev.lastmile.benchmarks.process.Installation;
import java.io.IOException;

/**
 * The load becomes visible as a whole, and is worked off at full speed.
 *
 * @param inferences of it
 */
record Backlog(int inferences) implements Arrival {

    @Override
    public Load load(Pattern pattern, long dayStartMs, long seed, Shape shape) {
        return new Load(pattern, inferences, dayStartMs, seed, ID_PREFIX, shape);
    }

    @Override
    public Passage work(Installation installation, Load load) throws IOException, InterruptedException {
        long eventsBefore = installation.expected().events();
        Installation.Worked worked = installation.work(load);
        return new Passage(
                worked.before(),
                installation.read(),
                worked.seconds(),
                installation.expected().events() - eventsBefore);
    }
}
