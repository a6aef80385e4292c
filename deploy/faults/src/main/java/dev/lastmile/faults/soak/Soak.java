package dev.lastmile.faults.soak;

import dev.lastmile.faults.campaign.Campaign;
import dev.lastmile.faults.campaign.Commit;
import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.fault.CutEndOfTransaction;
import dev.lastmile.faults.fault.Fault;
import dev.lastmile.faults.fault.FreezeMonitor;
import dev.lastmile.faults.fault.HalfOpenConnections;
import dev.lastmile.faults.fault.KillMonitor;
import dev.lastmile.faults.fault.StopBroker;
import dev.lastmile.faults.fault.Strike;
import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.installation.Shape;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.traffic.EventBytes;
import dev.lastmile.faults.traffic.Journal;
import dev.lastmile.faults.traffic.Traffic;
import dev.lastmile.faults.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Two instances under load for long. Every while a fault is drawn that strikes the second one, or the broker; the first one must
 * not grow, and in the end everything is compared as after any campaign.
 */
public final class Soak {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration COUNTED_WITHIN = Duration.ofMinutes(20);
    /** Of the rate at which the installation is at its limit. */
    private static final double SHARE = .5;

    private static final Duration BROKER_AWAY = Duration.ofSeconds(10);

    private Soak() {}

    /**
     * How long, and how hard.
     *
     * @param duration of the load
     * @param every how often a fault strikes; later where the last one takes longer to heal
     * @param warmUp before growth counts
     * @param perSecond records; absent for half of what the installation counts at most, which is found out first
     * @param mostGrowth mebibytes an hour
     */
    public record Plan(
            Duration duration, Duration every, Duration warmUp, OptionalDouble perSecond, double mostGrowth) {}

    /**
     * What came of it.
     *
     * @param outcome as of a campaign
     * @param perSecond records that were sent
     * @param growth of the instance that was spared, mebibytes an hour
     * @param mostBytes that it had resident
     */
    public record Result(Outcome outcome, double perSecond, double growth, long mostBytes) {

        /** All of it, for people. */
        public List<String> lines() {
            List<String> lines = new ArrayList<>(outcome.lines());
            lines.add(String.format(
                    Locale.ROOT,
                    "%.0f records a second; the instance that was spared grew by %.1f MiB an hour, and had %d MiB at most",
                    perSecond,
                    growth,
                    mostBytes >> 20));
            return lines;
        }
    }

    /**
     * Runs it.
     *
     * @param seed of the stream and of the faults that are drawn
     * @param directory empty; data and logs stay there
     */
    public static Result run(Plan plan, long seed, Path directory) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Strike> strikes = new ArrayList<>();
        List<Growth.Sample> memory = new CopyOnWriteArrayList<>();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        try (Installation installation = Installation.start(directory, Shape.ONE_SPARED);
                EventBytes events = new EventBytes(installation.registryUrl())) {
            Journal journal = new Journal();
            double perSecond;
            try (Traffic traffic = new Traffic(
                    OracleStream.endless(seed), seed, 0, installation.bootstrapServers(), events, journal)) {
                traffic.start();
                perSecond = plan.perSecond().isPresent()
                        ? plan.perSecond().getAsDouble()
                        : MaximumRate.of(installation, traffic) * SHARE;
                traffic.pace(perSecond);
                long started = System.nanoTime();
                ScheduledFuture<?> looks = watch.scheduleAtFixedRate(
                        () -> look(installation, started, memory), 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                strike(installation, plan, started, random, strikes);
                looks.cancel(false);
                traffic.end();
            }
            for (MonitorProcess monitor : installation.monitors()) {
                monitor.awaitReady(READY_WITHIN);
            }
            Verdict verdict = Verdict.of(installation.bootstrapServers(), installation.monitors(), COUNTED_WITHIN);
            List<String> broken = Campaign.broken(verdict, strikes, journal);
            double growth = Growth.ofMemory(memory, plan.warmUp());
            if (!(growth < plan.mostGrowth())) {
                broken.add("I12: " + growth + " MiB an hour");
            }
            Outcome outcome =
                    new Outcome("SOAK", seed, Commit.current(), strikes, verdict.records(), verdict.cells(), broken);
            long most = memory.stream().mapToLong(Growth.Sample::bytes).max().orElse(0);
            return new Result(outcome, perSecond, growth, most);
        } finally {
            watch.shutdownNow();
        }
    }

    private static void strike(
            Installation installation, Plan plan, long started, SplittableRandom random, List<Strike> strikes)
            throws IOException, InterruptedException {
        for (long number = 1; ; number++) {
            Duration due = plan.every().multipliedBy(number);
            TimeUnit.NANOSECONDS.sleep(started + due.toNanos() - System.nanoTime());
            Duration after = Duration.ofNanos(System.nanoTime() - started);
            if (after.compareTo(plan.duration()) >= 0) {
                return;
            }
            strikes.add(drawn(random).strike(installation, random).at(after));
        }
    }

    private static Fault drawn(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> new FreezeMonitor(Shape.ONE_SPARED.sessionTimeout());
            case 1 -> StopBroker.killed(BROKER_AWAY);
            case 2 -> StopBroker.stopped(BROKER_AWAY);
            case 3 -> new CutEndOfTransaction();
            case 4 -> new HalfOpenConnections();
            default -> new KillMonitor();
        };
    }

    private static void look(Installation installation, long started, List<Growth.Sample> memory) {
        try {
            long bytes = installation.monitors().get(0).child().residentBytes();
            memory.add(new Growth.Sample(Duration.ofNanos(System.nanoTime() - started), bytes));
        } catch (IOException e) {
            // It is gone, which the comparison tells better.
        }
    }
}
