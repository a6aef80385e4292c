package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.load.Shape;
import dev.lastmile.benchmarks.load.Sums;
import dev.lastmile.benchmarks.process.Gate;
import dev.lastmile.benchmarks.process.Installation;
import dev.lastmile.benchmarks.process.Instance;
import dev.lastmile.benchmarks.process.Reading;
import dev.lastmile.benchmarks.process.Site;
import dev.lastmile.benchmarks.throughput.contestant.LastmileMonitor;
import dev.lastmile.benchmarks.throughput.contestant.MonitorConfiguration;
import dev.lastmile.local.broker.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures one step: instances of the monitor run on a broker of their own and work off one load to warm up, one of inferences
 * that then wait, and the one that counts. Each load becomes visible as a whole, see {@link Gate}.
 *
 * @param pattern when ground truths come
 * @param partitions of each topic
 * @param warmUp inferences of the load to warm up
 * @param startMs when the day of the loads begins
 * @param seed of the load that counts
 */
record Growth(Pattern pattern, int partitions, int warmUp, long startMs, long seed) {

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
                installation.work(load("w-", warmUp, step.shape(), -1));
                installation.work(load("x-", step.waiting(), step.shape().unlabelled(), -2));
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

    private Load load(String idPrefix, int inferences, Shape shape, long seedOffset) {
        return new Load(pattern, inferences, startMs, seed + seedOffset, idPrefix, shape);
    }

    private GrowthSample measured(Installation installation, Step step, int round)
            throws IOException, InterruptedException {
        Load load = load("i-", step.inferences(), step.shape(), 0);
        long eventsBefore = installation.expected().events();
        List<Reading> before = installation.read();
        double seconds = installation.work(load);
        List<Reading> after = installation.read();
        installation.check(step.label());
        Reading first = Reading.sum(before);
        Reading last = Reading.sum(after);
        double processorSeconds =
                (last.processorNanos() - first.processorNanos()) / (double) TimeUnit.SECONDS.toNanos(1);
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            shares.add((after.get(i).consumed() - before.get(i).consumed())
                    / (double) (last.consumed() - first.consumed()));
        }
        shares.sort(Comparator.reverseOrder());
        return new GrowthSample(
                step,
                round,
                new Measurement(
                        seconds, processorSeconds, installation.expected().events() - eventsBefore, 1),
                last.deltas() - first.deltas(),
                shares);
    }
}
