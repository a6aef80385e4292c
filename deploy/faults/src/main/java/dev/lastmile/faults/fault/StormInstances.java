package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.faults.process.RevolvingDoor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** For half a minute an instance comes or goes each second, beside one that stays, and the group shares its work out anew each time. */
public final class StormInstances implements Fault {

    private static final Duration STARTED_WITHIN = Duration.ofSeconds(60);
    private static final Duration LASTS = Duration.ofSeconds(30);
    private static final long LOOK_EVERY_MS = 100;
    private static final int PLACES = 4;

    /** Fewer changes of the group's members are no storm. */
    private static final int FEWEST_CHANGES = 10;

    @Override
    public String name() {
        return "rebalance storm";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        int changes;
        long counted;
        String evidence;
        try (RevolvingDoor door = installation.openDoor(PLACES);
                Admin admin = installation.admin()) {
            Patience.of(STARTED_WITHIN)
                    .until("the first one comes", () -> door.in() > 0, door::isAlive, () -> "the guests ended");
            long before = installation.committed();
            changes = changesSeen(admin);
            counted = installation.committed() - before;
            evidence = door.in() + " came and " + door.out() + " went, the group was seen to change " + changes
                    + " times, " + counted + " records were counted meanwhile";
            if (!door.isAlive()) {
                throw new IOException("the guests ended");
            }
        }
        Duration recovery = Duration.ZERO;
        for (MonitorProcess monitor : installation.monitors()) {
            recovery = recovery.plus(monitor.awaitReady(READY_WITHIN));
        }
        List<String> broken = counted > 0 ? List.of() : List.of("no progress: " + evidence);
        return new Strike(name(), changes >= FEWEST_CHANGES, evidence, recovery, broken);
    }

    private static int changesSeen(Admin admin) throws IOException, InterruptedException {
        int changes = 0;
        Set<String> last = Installation.groupMembers(admin);
        long endNanos = System.nanoTime() + LASTS.toNanos();
        while (System.nanoTime() < endNanos) {
            Set<String> now = Installation.groupMembers(admin);
            if (!now.equals(last)) {
                changes++;
                last = now;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
        return changes;
    }
}
