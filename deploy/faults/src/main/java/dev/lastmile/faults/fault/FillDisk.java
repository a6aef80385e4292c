package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.installation.SmallDisk;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A monitor starts where there is no room for its state. It stays up, says so, and goes on once there is room. */
public final class FillDisk implements Fault {

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);
    private static final Duration SAYS_SO_WITHIN = Duration.ofSeconds(90);
    private static final int LONGEST_MS = 15_000;

    @Override
    public String name() {
        return "state disk full";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        MonitorProcess monitor = installation.monitors().get(0);
        SmallDisk disk = installation.stateDisk();
        // After a kill its state is deleted first, and there would be room.
        monitor.child().terminate(STOPS_WITHIN);
        disk.fill();
        String reason;
        try {
            monitor.startAgain();
            Patience.of(SAYS_SO_WITHIN)
                    .until(
                            "it says that the disk is full",
                            () -> reasonOf(monitor).startsWith("state_disk_full"),
                            () -> monitor.child().isAlive(),
                            () -> monitor.child().said());
            reason = reasonOf(monitor);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MS));
        } finally {
            disk.free();
        }
        Duration recovery = monitor.awaitReady(READY_WITHIN);
        return new Strike(name(), !reason.isEmpty(), reason, recovery);
    }

    private static String reasonOf(MonitorProcess monitor) throws IOException, InterruptedException {
        return monitor.readiness().path("reason").asText();
    }
}
