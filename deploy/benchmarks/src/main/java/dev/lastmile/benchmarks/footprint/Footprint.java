package dev.lastmile.benchmarks.footprint;

import dev.lastmile.benchmarks.load.Content;
import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.LoadSender;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.load.Shape;
import dev.lastmile.benchmarks.load.Sums;
import dev.lastmile.benchmarks.process.Installation;
import dev.lastmile.benchmarks.process.Instance;
import dev.lastmile.benchmarks.process.Site;
import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import dev.lastmile.benchmarks.throughput.contestant.LastmileMonitor;
import dev.lastmile.benchmarks.throughput.contestant.MonitorConfiguration;
import dev.lastmile.local.broker.TemporaryDirectory;
import dev.lastmile.schema.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Has inferences wait, in one instance of the monitor after the other on a broker of their own: the first takes them in and is
 * stopped, the second finds nothing on its disk, the third what the second left when it was stopped, the fourth what the third
 * left when it was killed. Each but the first then joins ground truths of some of those that wait, and its sums are checked.
 */
final class Footprint implements AutoCloseable {

    private static final String APPLICATION = "footprint";
    private static final String JOIN = "join";
    private static final long LOOK_EVERY_MS = 20;

    /** Instances after the first, each with ground truths of its own. */
    static final int PHASES = 3;

    private final Load load;
    private final Conditions conditions;
    private final int stride;
    private final Consumer<StartUp> progress;
    private final TemporaryDirectory directory;
    private final Site site;
    private final Sums expected = new Sums();
    private final List<StartUp> startUps = new ArrayList<>();

    private Footprint(
            Load load,
            Conditions conditions,
            int stride,
            Consumer<StartUp> progress,
            TemporaryDirectory directory,
            Site site) {
        this.load = load;
        this.conditions = conditions;
        this.stride = stride;
        this.progress = progress;
        this.directory = directory;
        this.site = site;
    }

    /**
     * Measures.
     *
     * @param waiting inferences
     * @param truths in each phase of work, about, at most a third of the inferences
     * @param progress is told how each instance started
     * @throws IOException when an instance ended, did not finish in time, or what came out is wrong
     */
    static FootprintSample measure(
            Content content, int waiting, int truths, Conditions conditions, Consumer<StartUp> progress)
            throws IOException, InterruptedException {
        Shape shape = Shape.USUAL.unlabelled().withContent(content);
        Load load = new Load(Pattern.FAR, waiting, conditions.startMs(), conditions.seed(), "i-", shape);
        int stride = Math.max(PHASES, waiting / Math.max(1, truths));
        Site site = Site.start(conditions.partitions(), shape.customerNames());
        TemporaryDirectory directory = TemporaryDirectory.create("lastmile-footprint-");
        try (Footprint footprint = new Footprint(load, conditions, stride, progress, directory, site)) {
            return footprint.measure(content);
        }
    }

    private FootprintSample measure(Content content) throws IOException, InterruptedException {
        Path made = directory.path().resolve("made");
        ProcessMemory whileWaiting;
        try (Instance first = start("nothing, and none on the broker", made, 0)) {
            LoadSender.send(load, site.bootstrapServers(), site.registryUrl());
            load.replay(expected.counting(load.shape().slices()));
            installation(first).awaitCounted();
            whileWaiting = ProcessMemory.of(first.pid());
            first.stop();
        }
        long diskBytes = DiskUsage.ofDirectories(JOIN, made);
        long changelogBytes = DiskUsage.ofTopic(APPLICATION + "-" + JOIN + "-changelog", site.bootstrapServers());
        long inputBytes = DiskUsage.ofTopic(Topics.inferences(load.shape().customer()), site.bootstrapServers());
        Path restored = directory.path().resolve("restored");
        ProcessMemory afterWork;
        try (Instance second = start("no state, all of it on the broker", restored, load.inferences())) {
            work(second, 0);
            afterWork = ProcessMemory.of(second.pid());
            second.stop();
        }
        try (Instance third = start("its state, after a stop", restored, 0)) {
            work(third, 1);
            third.kill();
        }
        try (Instance fourth = start("its state, after kill -9", restored, load.inferences() + expected.labelled())) {
            work(fourth, 2);
        }
        long truthBytes = DiskUsage.ofTopic(Topics.groundTruth(load.shape().customer()), site.bootstrapServers());
        return new FootprintSample(
                content,
                load.inferences(),
                expected.labelled() / PHASES,
                whileWaiting,
                afterWork,
                diskBytes,
                changelogBytes,
                inputBytes,
                truthBytes,
                startUps);
    }

    private Installation installation(Instance instance) {
        return new Installation(site, List.of(instance), expected);
    }

    /**
     * Starts an instance, and returns once it does its work.
     *
     * @param state the directory of its state
     * @param entries of the join's store that it must read back, in all versions
     */
    private Instance start(String circumstances, Path state, long entries) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        Instance instance = Instance.start(
                new MonitorConfiguration(
                        site.bootstrapServers(),
                        site.registryUrl(),
                        APPLICATION,
                        state,
                        conditions.cap().memory(),
                        Map.of(
                                "session.timeout.ms",
                                Long.toString(conditions.sessionTimeout().toMillis())),
                        List.of(LastmileMonitor.policy(load.shape()))),
                directory.path(),
                conditions.cap().heap());
        StartUp startUp = awaitReady(instance, startNanos, circumstances, entries);
        startUps.add(startUp);
        progress.accept(startUp);
        return instance;
    }

    private static StartUp awaitReady(Instance instance, long startNanos, String circumstances, long entries)
            throws IOException, InterruptedException {
        long idleNanos = 0;
        long restoredNanos = 0;
        long records = 0;
        while (true) {
            Instance.Standing standing = instance.standing();
            long nanos = System.nanoTime() - startNanos;
            if (standing.ready()) {
                long idle = records == 0 ? nanos : idleNanos;
                long restoring = records == 0 ? 0 : restoredNanos - idleNanos;
                return new StartUp(circumstances, seconds(nanos), seconds(idle), seconds(restoring), records, entries);
            }
            if (nanos > Contestant.LIMIT.toNanos()) {
                throw new IOException("not ready within " + Contestant.LIMIT + ": " + circumstances);
            }
            if (standing.restoring() > 0) {
                idleNanos = records == 0 ? nanos : idleNanos;
                restoredNanos = nanos;
                records = Math.max(records, standing.restoring());
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** Joins ground truths of one in so many inferences, of others in each phase, and checks the sums. */
    private void work(Instance instance, int phase) throws IOException, InterruptedException {
        load.replay(new Sample(expected.counting(load.shape().slices()), stride, phase));
        try (LoadSender sender = new LoadSender(load.shape(), site.bootstrapServers(), site.registryUrl())) {
            load.replay(new Sample(sender, stride, phase));
        }
        Installation installation = installation(instance);
        installation.awaitCounted();
        installation.check(startUps.get(startUps.size() - 1).circumstances());
    }

    @Override
    public void close() throws IOException {
        site.close();
        directory.close();
    }
}
