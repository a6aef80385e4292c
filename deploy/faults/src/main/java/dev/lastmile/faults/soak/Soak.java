package dev.lastmile.faults.soak;

import dev.lastmile.faults.campaign.Attempt;
import dev.lastmile.faults.campaign.Ordeal;
import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.campaign.Schedule;
import dev.lastmile.faults.fault.CutEndOfTransaction;
import dev.lastmile.faults.fault.Fault;
import dev.lastmile.faults.fault.FreezeMonitor;
import dev.lastmile.faults.fault.HalfOpenConnections;
import dev.lastmile.faults.fault.KillMonitor;
import dev.lastmile.faults.fault.StopBroker;
import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.installation.Shape;
import dev.lastmile.faults.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Two instances under load for long. Every while a fault is drawn that strikes the second one, or the broker; the first one must
 * not grow, and in the end everything is compared as after any campaign.
 */
public final class Soak {

    /** Of it in outcomes. */
    public static final String NAME = "SOAK";

    private static final Duration COUNTED_WITHIN = Duration.ofMinutes(20);
    /** Of the rate at which the installation is at its limit. */
    private static final double SHARE = .5;

    private static final Duration BROKER_AWAY = Duration.ofSeconds(10);

    private final Plan plan;
    private final SplittableRandom random;
    private final Path directory;
    private final List<String> broken = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Soak(Plan plan, long seed, Path directory) {
        this.plan = plan;
        this.random = new SplittableRandom(seed);
        this.directory = directory;
    }

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
            Duration duration, Duration every, Duration warmUp, OptionalDouble perSecond, double mostGrowth) {

        /** What is asked of a release. */
        public static final Plan DEFAULT = new Plan(
                Duration.ofMinutes(75), Duration.ofSeconds(30), Duration.ofMinutes(15), OptionalDouble.empty(), 5);
    }

    /**
     * Runs it.
     *
     * @param seed of the stream and of the faults that are drawn
     * @param directory empty; data and logs stay there, and what memory the spared instance had, in {@code memory.csv}
     * @param print what strikes, when it does
     */
    public static Outcome run(Plan plan, long seed, Path directory, Consumer<String> print)
            throws IOException, InterruptedException {
        Soak soak = new Soak(plan, seed, directory);
        Ordeal ordeal = new Ordeal(NAME, Shape.ONE_SPARED, COUNTED_WITHIN);
        return Attempt.of(
                        NAME,
                        seed,
                        directory,
                        print,
                        attempt -> ordeal.run(seed, directory, attempt, soak::strikeForLong))
                .and(soak.broken, soak.notes);
    }

    private void strikeForLong(Installation installation, Traffic traffic, Schedule schedule)
            throws IOException, InterruptedException {
        double perSecond;
        if (plan.perSecond().isPresent()) {
            perSecond = plan.perSecond().getAsDouble();
        } else {
            schedule.tell("how many records a second it counts at most is found out");
            perSecond = MaximumRate.of(installation, traffic) * SHARE;
        }
        note(String.format(Locale.ROOT, "%.0f records a second", perSecond), schedule);
        Room.require(
                traffic.sent() + (long) (perSecond * plan.duration().toSeconds()),
                Runtime.getRuntime().maxMemory());
        traffic.pace(perSecond);
        schedule.begin();
        try (Memory memory = Memory.of(installation.monitors().get(0), directory.resolve("memory.csv"))) {
            strikeUntilEnd(installation, schedule);
            double growth = memory.growth(plan.warmUp());
            note(
                    String.format(
                            Locale.ROOT,
                            "the instance that was spared grew by %.1f MiB an hour, and had %d MiB at most",
                            growth,
                            memory.mostBytes() >> 20),
                    schedule);
            if (!(growth < plan.mostGrowth())) {
                broken.add(String.format(Locale.ROOT, "I12: it grew by %.1f MiB an hour", growth));
            }
        }
    }

    private void note(String line, Schedule schedule) {
        schedule.tell(line);
        notes.add(line);
    }

    private void strikeUntilEnd(Installation installation, Schedule schedule) throws IOException, InterruptedException {
        for (long number = 1; ; number++) {
            Duration due = plan.every().multipliedBy(number);
            TimeUnit.NANOSECONDS.sleep(due.minus(schedule.elapsed()).toNanos());
            if (schedule.elapsed().compareTo(plan.duration()) >= 0) {
                return;
            }
            Fault fault = drawn(random);
            schedule.strike(fault.name(), () -> fault.strike(installation, random));
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
}
