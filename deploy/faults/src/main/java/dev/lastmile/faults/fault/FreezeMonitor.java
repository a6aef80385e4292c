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

    private static final Duration FENCED_WITHIN = Duration.ofMinutes(2);

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
        int number = random.nextInt(installation.monitors().size());
        MonitorProcess frozen = installation.monitors().get(number);
        int open = installation.openTransactions();
        frozen.child().freeze();
        TimeUnit.MILLISECONDS.sleep(sessionTimeout.toMillis() + 2_000 + random.nextInt(4_000));
        for (MonitorProcess other : installation.monitors()) {
            if (other != frozen) {
                other.awaitReady(READY_WITHIN);
            }
        }
        frozen.child().thaw();
        Duration recovery = Duration.ZERO;
        for (MonitorProcess monitor : installation.monitors()) {
            recovery = recovery.plus(monitor.awaitReady(READY_WITHIN));
        }
        boolean fenced = Patience.of(FENCED_WITHIN)
                        .until("the zombie is told that it was taken for gone", () -> wasFenced(frozen))
                        .compareTo(FENCED_WITHIN)
                < 0;
        return new Strike(name(), fenced, frozen.name() + " stood still, " + open + " transactions open", recovery);
    }

    private static boolean wasFenced(MonitorProcess monitor) throws IOException {
        String said = monitor.child().said();
        return said.contains("fenced")
                || said.contains("Fenced")
                || said.contains("UNKNOWN_MEMBER_ID")
                || said.contains("unknown member")
                || said.contains("migrated");
    }
}
