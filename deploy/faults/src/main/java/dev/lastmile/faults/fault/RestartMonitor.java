package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/** A monitor is stopped as a supervisor stops it, and started again: one step of a rolling restart. */
public final class RestartMonitor implements Fault {

    /** After which supervisors kill. */
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

    private final int number;

    /**
     * @param number of the monitor, the first one's is 0
     */
    public RestartMonitor(int number) {
        this.number = number;
    }

    @Override
    public String name() {
        return "restart in good order";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        MonitorProcess monitor = installation.monitors().get(number);
        long started = System.nanoTime();
        boolean hit = monitor.child().terminate(STOPS_WITHIN);
        if (!hit) {
            throw new IOException(monitor.name() + " did not stop within " + STOPS_WITHIN);
        }
        long tookMs = Duration.ofNanos(System.nanoTime() - started).toMillis();
        monitor.startAgain();
        Duration recovery = monitor.awaitReady(READY_WITHIN);
        return new Strike(name(), hit, monitor.name() + " stopped within " + tookMs + " ms", recovery);
    }
}
