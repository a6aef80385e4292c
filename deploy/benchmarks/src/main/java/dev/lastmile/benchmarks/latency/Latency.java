package dev.lastmile.benchmarks.latency;

import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.LoadSender;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.load.Shape;
import dev.lastmile.benchmarks.load.Sums;
import dev.lastmile.benchmarks.process.Installation;
import dev.lastmile.benchmarks.process.Instance;
import dev.lastmile.benchmarks.process.Site;
import dev.lastmile.benchmarks.throughput.contestant.LastmileMonitor;
import dev.lastmile.benchmarks.throughput.contestant.MonitorConfiguration;
import dev.lastmile.local.broker.TemporaryDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One instance of the monitor, as it is shipped, on a broker of its own. It works off a backlog to warm up and a second one that
 * says how fast it is; then come events at a rate, and amid them one trouble after the other.
 */
final class Latency implements AutoCloseable {

    private static final String APPLICATION = "latency";

    /** What comes at a rate goes on for so long before the first trouble, and after the last. */
    private static final long MARGIN_SECONDS = 3;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TemporaryDirectory directory;
    private final Site site;
    private final Installation installation;
    private final AlertWatch watch;
    private final int partitions;
    private final long startMs;
    private final long seed;
    private int victims;

    private Latency(
            TemporaryDirectory directory,
            Site site,
            Installation installation,
            AlertWatch watch,
            int partitions,
            long startMs,
            long seed) {
        this.directory = directory;
        this.site = site;
        this.installation = installation;
        this.watch = watch;
        this.partitions = partitions;
        this.startMs = startMs;
        this.seed = seed;
    }

    /**
     * Starts all of it.
     *
     * @param partitions of each topic
     * @param startMs when the day of all events begins, epoch milliseconds
     * @param seed of all that is drawn
     */
    static Latency start(int partitions, long startMs, long seed) throws IOException, InterruptedException {
        TemporaryDirectory directory = TemporaryDirectory.create("lastmile-latency-");
        String victims = Victim.SHAPE.customer();
        Site site = Site.start(
                partitions,
                Stream.concat(Shape.USUAL.customerNames().stream(), Stream.of(victims))
                        .toList());
        MonitorConfiguration configuration = MonitorConfiguration.shipped(
                site.bootstrapServers(),
                site.registryUrl(),
                APPLICATION,
                directory.path().resolve("state"),
                List.of(
                        MonitorConfiguration.policy(victims, Victim.SHAPE, Victim.BASELINE),
                        LastmileMonitor.policy(Shape.USUAL)));
        Instance instance = Instance.start(configuration, directory.path(), Instance.USUAL_HEAP);
        Installation installation = new Installation(site, List.of(instance), new Sums());
        installation.awaitReady();
        AlertWatch watch = AlertWatch.start(victims, APPLICATION, site.bootstrapServers(), site.registryUrl());
        return new Latency(directory, site, installation, watch, partitions, startMs, seed);
    }

    /** Events a second that it works off from a backlog. */
    double work(String idPrefix, int inferences) throws IOException, InterruptedException {
        long before = installation.expected().events();
        double seconds = installation.work(load(idPrefix, inferences)).seconds();
        return (installation.expected().events() - before) / seconds;
    }

    private Load load(String idPrefix, int inferences) {
        return new Load(Pattern.NEAR, inferences, startMs, seed, idPrefix, Shape.USUAL);
    }

    /**
     * Measures at one rate.
     *
     * @param percent of the greatest rate
     * @param perSecond events
     * @param troubles how many deployments meet one
     * @param seconds within which they do
     * @throws IOException when a trouble raised no alert, or sums came out wrong
     */
    LatencySample measure(int percent, double perSecond, int troubles, int seconds)
            throws IOException, InterruptedException {
        List<Victim> chosen = prepared(troubles);
        double events = perSecond * (seconds + 2 * MARGIN_SECONDS);
        Load load = load("p" + percent + "-", Math.toIntExact(Math.round(events / Shape.USUAL.eventsPerInference())));
        // Beforehand: to go through a large load takes seconds, which are not the monitor's.
        Sums expected = load.expected();
        Schedule schedule = Schedule.start(
                chosen,
                site,
                TimeUnit.SECONDS.toMillis(MARGIN_SECONDS),
                TimeUnit.SECONDS.toMillis(seconds),
                seed + percent);
        double sentPerSecond = LoadSender.send(load, perSecond, site.bootstrapServers(), site.registryUrl());
        long sentNanos = System.nanoTime();
        installation.expected().add(expected);
        installation.expected().add(schedule.sent());
        installation.awaitCounted();
        double caughtUpSeconds = (System.nanoTime() - sentNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        List<Journey> journeys = journeys(schedule);
        installation.check(percent + " %");
        return new LatencySample(percent, perSecond, sentPerSecond, caughtUpSeconds, journeys);
    }

    /** Deployments that know what is normal, and have inferences without a ground truth. */
    private List<Victim> prepared(int troubles) throws IOException, InterruptedException {
        List<Victim> chosen = new ArrayList<>(troubles);
        Sums sent = new Sums();
        try (LoadSender sender = new LoadSender(Victim.SHAPE, site.bootstrapServers(), site.registryUrl())) {
            for (int i = 0; i < troubles; i++) {
                // Names of deployments are those of all customers.
                Victim victim = Victim.of(Shape.USUAL.deployments() + victims++, startMs, partitions);
                victim.prepare(sender);
                victim.prepare(sent.counting(Victim.SHAPE.slices()));
                chosen.add(victim);
            }
        }
        installation.expected().add(sent);
        installation.awaitCounted();
        return chosen;
    }

    private List<Journey> journeys(Schedule schedule) throws IOException, InterruptedException {
        List<Journey> journeys = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        long untilMs = System.currentTimeMillis() + PATIENCE.toMillis();
        for (Schedule.Strike strike : schedule.strikes()) {
            Journey journey = watch.await(strike.victim().name(), strike.truthMs(), untilMs);
            if (journey == null) {
                missing.add(strike.victim().name());
            } else {
                journeys.add(journey);
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("no alert within " + PATIENCE + " of " + missing.size() + " victims: " + missing);
        }
        return journeys;
    }

    @Override
    public void close() throws IOException {
        watch.close();
        for (Instance instance : installation.instances()) {
            instance.close();
        }
        site.close();
        directory.close();
    }
}
