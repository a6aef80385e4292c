package dev.lastmile.faults.campaign;

import dev.lastmile.faults.fault.Fault;
import dev.lastmile.faults.fault.Strike;
import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.installation.Shape;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.planted.PlantedBug;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.traffic.EventBytes;
import dev.lastmile.faults.traffic.Journal;
import dev.lastmile.faults.traffic.Stranger;
import dev.lastmile.faults.traffic.Traffic;
import dev.lastmile.faults.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Faults that strike one after the other while customers send; then everything that came out is compared with what the topics say must
 * have.
 *
 * @param name of it
 * @param shape of what is struck
 * @param faults in the order in which they strike
 * @param perSecond records a second
 * @param longestPause before each strike
 * @param countedWithin how long it may take, after the last fault, until everything is counted
 */
public record Campaign(
        String name, Shape shape, List<Fault> faults, double perSecond, Duration longestPause, Duration countedWithin) {

    private static final Duration PLANTED_WAITS = Duration.ofSeconds(15);
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    public Campaign {
        faults = List.copyOf(faults);
    }

    /** The same, of monitors with a mistake in them, which is not waited for. */
    public Campaign with(PlantedBug bug) {
        return new Campaign(bug + " under " + name, shape.with(bug), faults, perSecond, longestPause, PLANTED_WAITS);
    }

    /**
     * Runs it.
     *
     * @param seed of the stream, the garbage in it, and of all that the faults leave open
     * @param directory empty; data and logs stay there
     */
    public Outcome run(long seed, Path directory) throws IOException, InterruptedException {
        List<Strike> strikes = new ArrayList<>();
        try {
            return run(seed, directory, strikes);
        } catch (IOException e) {
            throw new IOException(
                    name + ", seed " + seed + ", commit " + Commit.current() + ", came to no end after "
                            + strikes.stream()
                                    .map(strike -> strike.after() + " " + strike.fault())
                                    .toList(),
                    e);
        }
    }

    private Outcome run(long seed, Path directory, List<Strike> strikes) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        try (Installation installation = Installation.start(directory, shape);
                EventBytes events = new EventBytes(installation.registryUrl())) {
            Journal journal = new Journal();
            try (Traffic traffic = new Traffic(
                    OracleStream.endless(seed), seed, perSecond, installation.bootstrapServers(), events, journal)) {
                Stranger.speak(installation.bootstrapServers());
                traffic.start();
                long started = System.nanoTime();
                for (Fault fault : faults) {
                    TimeUnit.MILLISECONDS.sleep(random.nextLong(longestPause.toMillis()) + 1);
                    Duration after = Duration.ofNanos(System.nanoTime() - started);
                    strikes.add(fault.strike(installation, random).at(after));
                }
                traffic.end();
            }
            for (MonitorProcess monitor : installation.monitors()) {
                monitor.awaitReady(READY_WITHIN);
            }
            Verdict verdict = Verdict.of(installation.bootstrapServers(), installation.monitors(), countedWithin);
            List<String> broken = broken(verdict, strikes, journal);
            return new Outcome(name, seed, Commit.current(), strikes, verdict.records(), verdict.cells(), broken);
        }
    }

    /** All promises that did not hold: those of the end, those of each strike, and that what was acknowledged is there. */
    public static List<String> broken(Verdict verdict, List<Strike> strikes, Journal journal) {
        List<String> broken = new ArrayList<>(verdict.broken());
        strikes.forEach(strike -> broken.addAll(strike.broken()));
        // It may have more: what was not acknowledged in time was sent again.
        if (verdict.records() < journal.records()) {
            broken.add("the broker acknowledged " + journal.records() + " records and has only " + verdict.records());
        }
        return broken;
    }
}
