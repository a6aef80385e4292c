package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.BrokerProcess;
import dev.lastmile.faults.process.MonitorProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The only broker is killed, or stopped, and stays away for a while; the monitors stay up and are live. */
public final class StopBroker implements Fault {

    private final boolean killed;
    private final int longestMs;

    /**
     * @param killed with {@code kill -9}; otherwise as a supervisor stops it
     * @param longest time that it is away
     */
    public StopBroker(boolean killed, Duration longest) {
        this.killed = killed;
        this.longestMs = (int) longest.toMillis();
    }

    @Override
    public String name() {
        return killed ? "kill -9 of the broker" : "the broker is stopped";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        BrokerProcess broker = installation.cluster().brokers().get(0);
        int open = installation.openTransactions();
        boolean hit = killed ? broker.child().kill() : broker.child().terminate(Duration.ofSeconds(60));
        long awayMs = random.nextInt(longestMs);
        TimeUnit.MILLISECONDS.sleep(awayMs);
        boolean live = true;
        for (MonitorProcess monitor : installation.monitors()) {
            live &= monitor.child().isAlive()
                    && monitor.json("health/live").path("live").asBoolean();
        }
        if (!live) {
            throw new IOException("a monitor did not outlive the broker");
        }
        broker.restart();
        Duration recovery = Duration.ZERO;
        for (MonitorProcess monitor : installation.monitors()) {
            recovery = recovery.plus(monitor.awaitReady(READY_WITHIN));
        }
        return new Strike(name(), hit, "away for " + awayMs + " ms, " + open + " transactions open", recovery);
    }
}
