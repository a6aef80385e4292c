package dev.lastmile.benchmarks.throughput;

import dev.lastmile.alert.SliceStanding;
import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import dev.lastmile.benchmarks.throughput.contestant.LastmileMonitor;
import dev.lastmile.benchmarks.throughput.contestant.Stage;
import dev.lastmile.benchmarks.throughput.load.Load;
import dev.lastmile.benchmarks.throughput.load.LoadSender;
import dev.lastmile.benchmarks.throughput.load.Pattern;
import dev.lastmile.benchmarks.throughput.load.Shape;
import dev.lastmile.benchmarks.throughput.load.Sums;
import dev.lastmile.local.broker.TemporaryDirectory;
import dev.lastmile.schema.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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

    private static final long LOOK_EVERY_MS = 50;

    /** What runs while a step is measured. */
    private record Machinery(Site site, List<Instance> instances, Sums expected) {

        List<Reading> read() throws IOException {
            List<Reading> readings = new ArrayList<>();
            for (Instance instance : instances) {
                readings.add(instance.read());
            }
            return readings;
        }

        Sums sums() throws IOException {
            Sums sums = new Sums();
            for (Instance instance : instances) {
                sums.add(instance.sums());
            }
            return sums;
        }
    }

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
                Machinery machinery = new Machinery(site, instances, new Sums());
                await(machinery, "all instances have their share", readings -> Reading.sum(readings)
                        .ready());
                run(machinery, load("w-", warmUp, step.shape(), -1));
                run(machinery, load("x-", step.waiting(), step.shape().unlabelled(), -2));
                return measured(machinery, step, round);
            } finally {
                for (Instance instance : instances) {
                    instance.close();
                }
            }
        }
    }

    private static Instance instance(Step step, Site site, Path directory) throws IOException {
        Files.createDirectories(directory);
        Stage stage = new Stage(
                site.bootstrapServers(),
                site.registryUrl(),
                "growth",
                directory,
                Load.usual(Pattern.NEAR, 0, 0, 0),
                new Sums());
        return Instance.start(LastmileMonitor.configuration(stage, step.shape().slices()), directory);
    }

    private Load load(String idPrefix, int inferences, Shape shape, long seedOffset) {
        return new Load(pattern, inferences, startMs, seed + seedOffset, idPrefix, shape);
    }

    private GrowthSample measured(Machinery machinery, Step step, int round) throws IOException, InterruptedException {
        Load load = load("i-", step.inferences(), step.shape(), 0);
        long eventsBefore = machinery.expected().events();
        List<Reading> before = machinery.read();
        double seconds = run(machinery, load);
        List<Reading> after = machinery.read();
        String difference =
                machinery.expected().withAtLeast(SliceStanding.MINIMUM_SHOWN).differenceFrom(machinery.sums());
        if (!difference.isEmpty()) {
            throw new IOException(step.label() + ": " + difference);
        }
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
                new Measurement(seconds, processorSeconds, machinery.expected().events() - eventsBefore, 1),
                last.deltas() - first.deltas(),
                shares);
    }

    /** Seconds from just after the load became visible to the last event. */
    private double run(Machinery machinery, Load load) throws IOException, InterruptedException {
        if (load.inferences() == 0) {
            return 0;
        }
        List<String> topics = load.shape().customerNames().stream()
                .flatMap(customer -> Stream.of(Topics.inferences(customer), Topics.groundTruth(customer)))
                .toList();
        Sums expected = machinery.expected();
        Site site = machinery.site();
        Gate.shutWhile(
                () -> {
                    LoadSender.send(load, site.bootstrapServers(), site.registryUrl());
                    expected.add(load.expected());
                },
                site.bootstrapServers(),
                topics);
        long startNanos = System.nanoTime();
        await(machinery, "all events are counted", readings -> {
            Reading all = Reading.sum(readings);
            return all.received() >= expected.events()
                    && all.joined() >= expected.labelled()
                    && all.corrected() >= expected.corrections();
        });
        return (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private interface Condition {
        boolean holds(List<Reading> readings);
    }

    private static void await(Machinery machinery, String what, Condition condition)
            throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        List<Reading> readings = machinery.read();
        while (!condition.holds(readings)) {
            if (System.nanoTime() - startNanos > Contestant.LIMIT.toNanos()) {
                throw new IOException("not within " + Contestant.LIMIT + ": " + what + ": " + readings);
            }
            Thread.sleep(LOOK_EVERY_MS);
            readings = machinery.read();
        }
    }
}
