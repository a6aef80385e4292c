package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.LoadSender;
import dev.lastmile.benchmarks.process.Site;
import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import dev.lastmile.local.broker.TemporaryDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Contestants one after the other on the same topics, and all of them again: what changes on the machine meanwhile meets all. In
 * each further round the last of the round before comes first, so that none always has the same place.
 *
 * @param contestants in the order of the first round
 * @param rounds how often each is measured
 * @param warmUp how long a JVM runs before the run that counts; a run that has begun is ended
 * @param partitions of each topic
 */
record Rounds(List<Contestant> contestants, int rounds, Duration warmUp, int partitions) {

    private static final double NANOS = 1e9;

    /**
     * Measures all, on a broker of their own.
     *
     * @param progress is told every sample as soon as it is there
     * @throws IOException when a contestant failed, or counted wrongly
     */
    List<Sample> measure(Load load, Consumer<Sample> progress) throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (Site site = Site.start(partitions, load.shape().customerNames());
                TemporaryDirectory directory = TemporaryDirectory.create("lastmile-throughput-")) {
            LoadSender.send(load, site.bootstrapServers(), site.registryUrl());
            for (int round = 1; round <= rounds; round++) {
                for (Contestant contestant : order(round)) {
                    Duration before = site.processorTime();
                    Measurement measurement = ContestantRun.of(contestant, site, directory.path(), warmUp, load);
                    Duration broker = site.processorTime().minus(before).dividedBy(measurement.runs());
                    Sample sample = new Sample(
                            load.pattern(), round, contestant.label(), measurement, broker.toNanos() / NANOS);
                    samples.add(sample);
                    progress.accept(sample);
                }
            }
        }
        return samples;
    }

    /** Of a round, from 1. */
    List<Contestant> order(int round) {
        List<Contestant> order = new ArrayList<>(contestants);
        Collections.rotate(order, round - 1);
        return order;
    }
}
