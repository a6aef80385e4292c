package dev.lastmile.faults.campaign;

import dev.lastmile.faults.fault.Fault;
import dev.lastmile.faults.installation.Shape;
import dev.lastmile.faults.planted.PlantedBug;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Faults that strike one after the other while customers send; then everything that came out is compared with what the topics say must
 * have.
 *
 * @param name of it
 * @param shape of what is struck
 * @param faults in the order in which they strike
 * @param perSecond records a second
 * @param longestPause before each strike
 * @param shownWithin how long it may take, after everything was read and its offsets committed, until everything is counted and
 *     published
 */
public record Campaign(
        String name, Shape shape, List<Fault> faults, double perSecond, Duration longestPause, Duration shownWithin) {

    /** Statistics are published every ten seconds. */
    private static final Duration IMPATIENT = Duration.ofSeconds(15);

    public Campaign {
        faults = List.copyOf(faults);
    }

    /** The same, of monitors with a mistake in them, for which nobody waits long. */
    public Campaign with(PlantedBug bug) {
        Campaign impatient = impatient();
        return new Campaign(
                bug + " under " + name, shape.with(bug), faults, perSecond, longestPause, impatient.shownWithin());
    }

    /** The same, with as little patience as there is for monitors with a mistake in them. */
    public Campaign impatient() {
        return new Campaign(name, shape, faults, perSecond, longestPause, IMPATIENT);
    }

    /** Runs it, and tells nobody what strikes meanwhile. */
    public Outcome run(long seed, Path directory) throws IOException, InterruptedException {
        return run(seed, directory, line -> {});
    }

    /**
     * Runs it.
     *
     * @param seed of the stream, the garbage in it, and of all that the faults leave open
     * @param directory empty; data and logs stay there
     * @param print what strikes, when it does
     */
    public Outcome run(long seed, Path directory, Consumer<String> print) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Ordeal ordeal = new Ordeal(name, shape, shownWithin);
        return Attempt.of(
                name,
                seed,
                directory,
                print,
                attempt -> ordeal.run(seed, directory, attempt, (installation, traffic, schedule) -> {
                    traffic.pace(perSecond);
                    for (Fault fault : faults) {
                        TimeUnit.MILLISECONDS.sleep(random.nextLong(longestPause.toMillis()) + 1);
                        schedule.strike(fault.name(), () -> fault.strike(installation, random));
                    }
                }));
    }
}
