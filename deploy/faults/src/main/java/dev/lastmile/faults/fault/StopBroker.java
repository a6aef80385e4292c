package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.NodeProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The only broker is killed, or stopped, and stays away for a while; the monitors stay up, are live, and go on soon after it is back. */
public final class StopBroker implements Fault {

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);

    /** A monitor asks every two seconds, and waits eight for an answer. */
    private static final int MISSED_AFTER_MS = 15_000;

    private final String name;
    private final boolean killed;
    private final int shortestMs;
    private final int longestMs;

    private StopBroker(String name, boolean killed, Duration shortest, Duration longest) {
        this.name = name;
        this.killed = killed;
        this.shortestMs = (int) shortest.toMillis();
        this.longestMs = (int) longest.toMillis();
    }

    /** With {@code kill -9}, and away for up to that time. */
    public static StopBroker killed(Duration longest) {
        return new StopBroker("kill -9 of the broker", true, Duration.ZERO, longest);
    }

    /** As a supervisor stops it, and away for up to that time. */
    public static StopBroker stopped(Duration longest) {
        return new StopBroker("the broker is stopped", false, Duration.ZERO, longest);
    }

    /** The same, and away for a minute. */
    public static StopBroker stoppedForAMinute() {
        return new StopBroker("the broker is away for a minute", false, Duration.ofSeconds(60), Duration.ofSeconds(61));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        NodeProcess broker = installation.cluster().brokers().get(0);
        int open = installation.openTransactions();
        boolean hit = killed ? broker.child().kill() : broker.child().terminate(STOPS_WITHIN);
        long awayMs = random.nextInt(shortestMs, longestMs);
        TimeUnit.MILLISECONDS.sleep(awayMs);
        List<String> broken = new ArrayList<>();
        for (MonitorProcess monitor : installation.monitors()) {
            if (!monitor.child().isAlive() || !monitor.isLive()) {
                throw new IOException(monitor.name() + " did not outlive the broker");
            }
            if (awayMs >= MISSED_AFTER_MS) {
                broken.addAll(Missed.brokenBy(monitor));
            }
        }
        installation.cluster().restartOnly();
        Duration recovery = Duration.ZERO;
        for (MonitorProcess monitor : installation.monitors()) {
            recovery = recovery.plus(monitor.awaitReady(READY_WITHIN));
        }
        broken.addAll(Missed.brokenBy(name, recovery));
        return new Strike(name, hit, "away for " + awayMs + " ms, " + open + " transactions open", recovery, broken);
    }
}
