package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.faults.proxy.ApiKey;
import dev.lastmile.faults.proxy.Interference;
import dev.lastmile.faults.proxy.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/** A transaction ends, and the monitor does not hear of it, or later; or it does not even get to ask. */
public final class CutEndOfTransaction implements Fault {

    private static final Duration HIT_WITHIN = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "END_TXN cut";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        Interference interference =
                switch (random.nextInt(4)) {
                    case 0 -> new Interference.CutRequest();
                    case 1 -> new Interference.Delay(Duration.ofMillis(random.nextInt(3_000)));
                    default -> new Interference.CutResponse();
                };
        TcpProxy proxy = installation.cluster().proxies().get(0);
        // A monitor's: customers end transactions too.
        proxy.plan(ApiKey.END_TXN, Installation.APPLICATION_ID + "-", interference, 1);
        Patience.of(HIT_WITHIN).until("a transaction ends", () -> proxy.hits() > 0);
        Duration recovery = Duration.ZERO;
        for (MonitorProcess monitor : installation.monitors()) {
            recovery = recovery.plus(monitor.awaitReady(READY_WITHIN));
        }
        return new Strike(name(), true, interference.toString(), recovery);
    }
}
