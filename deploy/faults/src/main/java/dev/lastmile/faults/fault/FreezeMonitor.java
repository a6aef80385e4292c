package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A monitor stands still until another one has taken over, and goes on as if nothing had happened: a zombie. */
public final class FreezeMonitor implements Fault {

    private static final Duration MISSED_WITHIN = Duration.ofMinutes(2);

    private final Duration sessionTimeout;

    /**
     * @param sessionTimeout of the monitors, of which there must be two or more
     */
    public FreezeMonitor(Duration sessionTimeout) {
        this.sessionTimeout = sessionTimeout;
    }

    @Override
    public String name() {
        return "zombie";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        MonitorProcess frozen = installation.victim(random);
        int open = installation.openTransactions();
        int members = installation.groupMembers();
        frozen.child().freeze();
        Patience.of(MISSED_WITHIN).until("it is taken for gone", () -> installation.groupMembers() < members);
        TimeUnit.MILLISECONDS.sleep(sessionTimeout.toMillis() / 2 + random.nextInt(4_000));
        for (MonitorProcess other : installation.monitors()) {
            if (other != frozen) {
                other.awaitReady(READY_WITHIN);
            }
        }
        int left = installation.groupMembers();
        frozen.child().thaw();
        Duration recovery = Duration.ZERO;
        for (MonitorProcess monitor : installation.monitors()) {
            recovery = recovery.plus(monitor.awaitReady(READY_WITHIN));
        }
        Patience.of(MISSED_WITHIN).until("it is back", () -> installation.groupMembers() == members);
        return new Strike(
                name(),
                left < members,
                frozen.name() + " stood still until " + left + " of " + members + " members were left, " + open
                        + " transactions open",
                recovery);
    }
}
