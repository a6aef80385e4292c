package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** {@code kill -9} of a monitor, in half of all cases a second one soon after it was started again. */
public final class KillMonitor implements Fault {

    private static final int TWICE_OF = 2;
    /** On a fast machine it is ready soon after that. */
    private static final int LONGEST_START_MS = 2_000;

    @Override
    public String name() {
        return "kill -9 of the monitor";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        MonitorProcess monitor = installation.victim(random);
        int open = installation.openTransactions();
        boolean hit = monitor.child().kill();
        String evidence = monitor.name() + " died of SIGKILL, " + open + " transactions open";
        monitor.startAgain();
        if (random.nextInt(TWICE_OF) == 0) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_START_MS));
            String state = stateOf(monitor);
            hit &= monitor.child().kill();
            evidence += ", and again while it was " + state;
            monitor.startAgain();
        }
        Duration recovery = monitor.awaitReady(READY_WITHIN);
        return new Strike(name(), hit, evidence, recovery);
    }

    private static String stateOf(MonitorProcess monitor) throws InterruptedException {
        try {
            return monitor.readiness().path("state").asText();
        } catch (IOException e) {
            return "starting";
        }
    }
}
