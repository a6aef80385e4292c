package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.faults.registry.Misbehaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The registry misbehaves while a monitor starts that knows no schema yet: every record waits, and none may be put away for it. When the
 * registry is well again, all of them are counted.
 */
public final class MisleadByRegistry implements Fault {

    private static final Duration ASKED_WITHIN = Duration.ofSeconds(60);
    private static final int QUESTIONS = 2;

    private final Misbehaviour how;

    /** Misbehaves like that. */
    public MisleadByRegistry(Misbehaviour how) {
        this.how = how;
    }

    @Override
    public String name() {
        return "registry " + how;
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        MonitorProcess monitor = installation
                .monitors()
                .get(random.nextInt(installation.monitors().size()));
        int before = installation.registry().misled();
        installation.registry().misbehave(how);
        int asked;
        try {
            monitor.child().terminate(READY_WITHIN);
            monitor.startAgain();
            Patience.of(ASKED_WITHIN)
                    .until(
                            "the registry is asked",
                            () -> installation.registry().misled() >= before + QUESTIONS,
                            () -> monitor.child().isAlive(),
                            () -> monitor.child().said());
        } finally {
            asked = installation.registry().misled() - before;
            installation.registry().misbehave(null);
        }
        Duration recovery = monitor.awaitReady(READY_WITHIN);
        return new Strike(name(), asked >= QUESTIONS, asked + " questions were not answered", recovery);
    }
}
