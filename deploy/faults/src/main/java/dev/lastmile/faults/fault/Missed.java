package dev.lastmile.faults.fault;

import dev.lastmile.faults.process.MonitorProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What is promised of monitors whose broker is away: they live, say why they do nothing, and go on soon after it is back. */
final class Missed {

    private static final Duration GOES_ON_WITHIN = Duration.ofSeconds(30);
    private static final String REASON = "the broker does not answer";

    private Missed() {}

    /** Whether a monitor is not ready, with status 503, and says that it is because of the broker. */
    static boolean isSaidBy(MonitorProcess monitor) throws IOException, InterruptedException {
        return monitor.reasonNotReady().startsWith(REASON);
    }

    /** What does not hold of a monitor while its broker is away, and has been for a while. */
    static List<String> brokenBy(MonitorProcess monitor) throws IOException, InterruptedException {
        if (!monitor.child().isAlive() || !monitor.isLive()) {
            return List.of(monitor.name() + " did not outlive the broker");
        }
        return isSaidBy(monitor) ? List.of() : List.of(monitor.name() + " does not say that the broker is away");
    }

    /** What does not hold of how long it took to go on. */
    static List<String> brokenBy(String fault, Duration recovery) {
        return recovery.compareTo(GOES_ON_WITHIN) <= 0
                ? List.of()
                : List.of(fault + ": ready again only after " + recovery.toMillis() + " ms");
    }
}
