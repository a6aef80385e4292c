package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.NodeProcess;
import dev.lastmile.faults.process.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** One of several brokers is killed and comes back; the next one is struck once all copies are whole again. */
public final class LoseBroker implements Fault {

    private static final Duration COPIED_WITHIN = Duration.ofMinutes(2);
    private static final Duration MISSED_WITHIN = Duration.ofSeconds(60);

    private final int longestMs;

    /**
     * @param longest time that it is away
     */
    public LoseBroker(Duration longest) {
        this.longestMs = (int) longest.toMillis();
    }

    @Override
    public String name() {
        return "one of the brokers is killed";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        List<NodeProcess> brokers = installation.cluster().brokers();
        int index = random.nextInt(brokers.size());
        boolean hit = brokers.get(index).child().kill();
        Patience.of(MISSED_WITHIN).until("it is missed", () -> installation.incompletePartitions() > 0);
        int incomplete = installation.incompletePartitions();
        long awayMs = random.nextInt(longestMs);
        TimeUnit.MILLISECONDS.sleep(awayMs);
        brokers.get(index).restart();
        Patience.of(COPIED_WITHIN).until("all copies are whole", () -> installation.incompletePartitions() == 0);
        Duration recovery = Duration.ZERO;
        for (MonitorProcess monitor : installation.monitors()) {
            recovery = recovery.plus(monitor.awaitReady(READY_WITHIN));
        }
        return new Strike(
                name(),
                hit && incomplete > 0,
                "broker " + (index + 1) + " away for " + awayMs + " ms, " + incomplete + " partitions lacked a copy",
                recovery);
    }
}
