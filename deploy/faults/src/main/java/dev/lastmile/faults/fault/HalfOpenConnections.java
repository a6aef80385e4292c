package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.faults.proxy.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Connections to the broker are taken and stay, but nobody answers on them; after a while all of them are reset. */
public final class HalfOpenConnections implements Fault {

    private static final Duration SAYS_SO_WITHIN = Duration.ofSeconds(30);
    private static final int LONGEST_MS = 30_000;

    @Override
    public String name() {
        return "connections half open";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        TcpProxy proxy = installation.cluster().proxies().get(0);
        List<String> broken = new ArrayList<>();
        proxy.fallSilent();
        Duration saidSo = Duration.ZERO;
        try {
            for (MonitorProcess monitor : installation.monitors()) {
                saidSo = saidSo.plus(Patience.of(SAYS_SO_WITHIN)
                        .until("it says that nobody answers", () -> Missed.isSaidBy(monitor)));
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MS));
            for (MonitorProcess monitor : installation.monitors()) {
                broken.addAll(Missed.brokenBy(monitor));
            }
        } finally {
            proxy.reset();
        }
        int unanswered = proxy.unanswered();
        Duration recovery = Duration.ZERO;
        for (MonitorProcess monitor : installation.monitors()) {
            recovery = recovery.plus(monitor.awaitReady(READY_WITHIN));
        }
        broken.addAll(Missed.brokenBy(name(), recovery));
        return new Strike(
                name(),
                unanswered > 0,
                unanswered + " requests were not answered, which was said after " + saidSo.toMillis() + " ms",
                recovery,
                broken);
    }
}
