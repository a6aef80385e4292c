package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.NodeProcess;
import dev.lastmile.faults.process.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A monitor starts while its only broker is away. It lives and says why it does nothing, and goes on once the broker is there. */
public final class StartWithoutBroker implements Fault {

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(60);
    private static final Duration SAYS_SO_WITHIN = Duration.ofSeconds(60);
    private static final int LONGEST_MS = 20_000;

    @Override
    public String name() {
        return "the broker is absent at the start";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        MonitorProcess monitor = installation.monitors().get(0);
        NodeProcess broker = installation.cluster().brokers().get(0);
        boolean hit = monitor.child().terminate(STOPS_WITHIN) && broker.child().terminate(STOPS_WITHIN);
        monitor.startAgain();
        Duration saidSo = Patience.of(SAYS_SO_WITHIN)
                .until(
                        "it says that the broker is away",
                        () -> Missed.isSaidBy(monitor),
                        () -> monitor.child().isAlive(),
                        () -> monitor.child().said());
        long awayMs = random.nextInt(LONGEST_MS);
        TimeUnit.MILLISECONDS.sleep(awayMs);
        List<String> broken = new ArrayList<>(Missed.brokenBy(monitor));
        installation.cluster().restartOnly();
        Duration recovery = monitor.awaitReady(READY_WITHIN);
        broken.addAll(Missed.brokenBy(name(), recovery));
        return new Strike(
                name(),
                hit,
                monitor.name() + " said so " + saidSo.toMillis() + " ms after its start, and waited " + awayMs
                        + " ms more",
                recovery,
                broken);
    }
}
