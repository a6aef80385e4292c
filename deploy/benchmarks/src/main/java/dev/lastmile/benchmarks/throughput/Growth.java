package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.LoadSender;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.load.Shape;
import dev.lastmile.benchmarks.load.Sums;
import dev.lastmile.benchmarks.process.Gate;
import dev.lastmile.benchmarks.process.Installation;
import dev.lastmile.benchmarks.process.Instance;
import dev.lastmile.benchmarks.process.Site;
import dev.lastmile.benchmarks.throughput.contestant.LastmileMonitor;
import dev.lastmile.benchmarks.throughput.contestant.MonitorConfiguration;
import dev.lastmile.local.broker.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures one step: instances of the monitor run on a broker of their own and work off loads to warm up, one of inferences
 * that then wait, which becomes visible as a whole (see {@link Gate}), and the one that counts.
 *
 * @param pattern when ground truths come
 * @param partitions of each topic
 * @param warmUp inferences of the loads to warm up
 * @param warmUpTime how long it takes at least
 * @param startMs when the day of the loads begins
 * @param seed of the load that counts
 */
record Growth(Pattern pattern, int partitions, int warmUp, Duration warmUpTime, long startMs, long seed) {

    private static final Duration WARM_UP_EVERY = Duration.ofSeconds(10);

    /**
     * Measures.
     *
     * @throws IOException when an instance ended, did not finish in time, or what came out is wrong
     */
    GrowthSample measure(Step step, int round) throws IOException, InterruptedException {
        List<Instance> instances = new ArrayList<>();
        try (TemporaryDirectory directory = TemporaryDirectory.create("lastmile-growth-");
                Site site = Site.start(partitions, step.shape().customerNames())) {
            try {
                for (int number = 0; number < step.instances(); number++) {
                    instances.add(instance(step, site, directory.path().resolve(Integer.toString(number))));
                }
                Installation installation = new Installation(site, instances, new Sums());
                installation.awaitReady();
                warmUp(installation, step.shape());
                installation.work(load("x-", step.waiting(), step.shape().unlabelled(), -1));
                return measured(installation, step, round);
            } finally {
                for (Instance instance : instances) {
                    instance.close();
                }
            }
        }
    }

    private static Instance instance(Step step, Site site, Path directory) throws IOException {
        Files.createDirectories(directory);
        return Instance.start(
                MonitorConfiguration.shipped(
                        site.bootstrapServers(),
                        site.registryUrl(),
                        "growth",
                        directory,
                        List.of(LastmileMonitor.policy(step.shape()))),
                directory,
                Instance.USUAL_HEAP);
    }

    /** A part of the load each ten seconds: the compiler needs time more than work. */
    private void warmUp(Installation installation, Shape shape) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        int parts = Math.toIntExact(Math.max(1, warmUpTime.dividedBy(WARM_UP_EVERY)));
        Duration each = warmUpTime.dividedBy(parts);
        Site site = installation.site();
        try (LoadSender sender = new LoadSender(shape, site.bootstrapServers(), site.registryUrl())) {
            for (int part = 1; part <= parts; part++) {
                Load load = load("w" + part + "-", warmUp / parts, shape, -1 - part);
                load.replay(sender);
                sender.flush();
                installation.expected().add(load.expected());
                installation.awaitCounted();
                TimeUnit.NANOSECONDS.sleep(startNanos + each.multipliedBy(part).toNanos() - System.nanoTime());
            }
        }
    }

    private Load load(String idPrefix, int inferences, Shape shape, long seedOffset) {
        return new Load(pattern, inferences, startMs, seed + seedOffset, idPrefix, shape);
    }

    private GrowthSample measured(Installation installation, Step step, int round)
            throws IOException, InterruptedException {
        Arrival arrival = step.arrival();
        Passage passage = arrival.work(installation, arrival.load(pattern, startMs, seed, step.shape()));
        installation.check(step.label());
        return new GrowthSample(
                step, round, passage.measurement(), passage.deltas(), passage.shares(), passage.processorShares());
    }
}
