package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.installation.SmallDisk;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * There is no room for a monitor's state, from its start or from some time on. It stays up, says so, and goes on once there is room.
 */
public final class FillDisk implements Fault {

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

    /** It writes what it has in memory only now and then. */
    private static final Duration SAYS_SO_WITHIN = Duration.ofMinutes(3);

    private static final int LONGEST_MS = 15_000;

    private final boolean atTheStart;

    private FillDisk(boolean atTheStart) {
        this.atTheStart = atTheStart;
    }

    /** It is full when the monitor starts. */
    public static FillDisk atTheStart() {
        return new FillDisk(true);
    }

    /** It becomes full while the monitor works. */
    public static FillDisk meanwhile() {
        return new FillDisk(false);
    }

    @Override
    public String name() {
        return atTheStart ? "state disk full" : "state disk becomes full";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        MonitorProcess monitor = installation.monitors().get(0);
        SmallDisk disk = installation.stateDisk();
        if (atTheStart) {
            // After a kill its state is deleted first, and there would be room.
            monitor.child().terminate(STOPS_WITHIN);
        }
        disk.fill();
        String reason;
        Duration after;
        try {
            if (atTheStart) {
                monitor.startAgain();
            }
            after = Patience.of(SAYS_SO_WITHIN)
                    .until(
                            "it says that the disk is full",
                            () -> monitor.reasonNotReady().startsWith("state_disk_full"),
                            () -> monitor.child().isAlive(),
                            () -> monitor.child().said());
            reason = monitor.reasonNotReady();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MS));
        } finally {
            disk.free();
        }
        Duration recovery = monitor.awaitReady(READY_WITHIN);
        return new Strike(name(), !reason.isEmpty(), "after " + after.toMillis() + " ms it said: " + reason, recovery);
    }
}
