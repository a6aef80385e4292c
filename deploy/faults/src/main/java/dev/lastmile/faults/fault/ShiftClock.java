package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.FakeTime;
import dev.lastmile.faults.process.MonitorProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A monitor runs for a while on a machine whose clock is wrong, and then on one whose clock is right. What it counts must not differ. */
public final class ShiftClock implements Fault {

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);
    private static final Duration LIKE_ENOUGH = Duration.ofMinutes(2);
    private static final int SHORTEST_MS = 10_000;
    private static final int LONGEST_MS = 25_000;

    private final Duration ahead;

    /**
     * @param ahead by how much the clock is ahead; behind if negative
     */
    public ShiftClock(Duration ahead) {
        this.ahead = ahead;
    }

    @Override
    public String name() {
        return "clock " + (ahead.isNegative() ? "" : "+") + ahead.toHours() + " h";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        MonitorProcess monitor = installation
                .monitors()
                .get(random.nextInt(installation.monitors().size()));
        stop(monitor);
        Instant started = Instant.now();
        monitor.startAgain(FakeTime.ahead(ahead));
        monitor.awaitReady(READY_WITHIN);
        Duration seen = Duration.between(started, startedBy(monitor));
        long before = installation.committed();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(SHORTEST_MS, LONGEST_MS));
        long counted = installation.committed() - before;
        stop(monitor);
        monitor.startAgain();
        Duration recovery = monitor.awaitReady(READY_WITHIN);
        boolean wrong = seen.minus(ahead).abs().compareTo(LIKE_ENOUGH) < 0;
        return new Strike(
                name(),
                wrong && counted > 0,
                monitor.name() + " said that it was started " + seen.toSeconds() + " s after it was, and counted "
                        + counted + " records",
                recovery);
    }

    private static void stop(MonitorProcess monitor) throws IOException, InterruptedException {
        if (!monitor.child().terminate(STOPS_WITHIN)) {
            throw new IOException(monitor.name() + " did not stop within " + STOPS_WITHIN);
        }
    }

    /** By its own clock. */
    private static Instant startedBy(MonitorProcess monitor) throws IOException, InterruptedException {
        return Instant.ofEpochMilli((long) (monitor.metric("process_start_time_seconds") * 1_000));
    }
}
