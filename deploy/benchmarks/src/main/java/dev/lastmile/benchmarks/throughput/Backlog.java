package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.load.Shape;
import dev.lastmile.benchmarks.process.Installation;
import dev.lastmile.benchmarks.process.Reading;
import java.io.IOException;
import java.util.List;

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
        List<Reading> before = installation.read();
        double seconds = installation.work(load);
        return new Passage(
                before, installation.read(), seconds, installation.expected().events() - eventsBefore);
    }
}
