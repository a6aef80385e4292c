package dev.lastmile.faults.fault;

import dev.lastmile.faults.attack.Attack;
import dev.lastmile.faults.attack.Attacker;
import dev.lastmile.faults.attack.Lag;
import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;

/** The stranger attacks for a while. What the others get stays exact, and is not more than twice as old as without. */
public final class AttackNeighbours implements Fault {

    private static final Duration QUIET = Duration.ofSeconds(8);
    private static final Duration ATTACKED = Duration.ofSeconds(15);
    private static final int MOST_TIMES = 2;

    /** Nothing is logged of single records. */
    private static final long MOST_LOG_LINES = 100;

    private final Attack attack;

    /** Of that kind. */
    public AttackNeighbours(Attack attack) {
        this.attack = attack;
    }

    @Override
    public String name() {
        return "attack: " + attack;
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        long quiet;
        long attacked;
        long sent;
        long logged = logLines(installation);
        try (Admin admin = installation.admin()) {
            Lag lag = new Lag(admin, Installation.APPLICATION_ID, Installation.watchedTopics());
            quiet = lag.p99Over(QUIET);
            try (Attacker attacker = Attacker.start(
                    attack, installation.bootstrapServers(), installation.registryUrl(), random.nextLong())) {
                attacked = lag.p99Over(ATTACKED);
                sent = attacker.acknowledged();
            }
        }
        Duration recovery = Duration.ZERO;
        for (MonitorProcess monitor : installation.monitors()) {
            recovery = recovery.plus(monitor.awaitReady(READY_WITHIN));
        }
        String evidence = sent + " records sent; of the others' at most " + quiet + " were not counted yet before, "
                + attacked + " meanwhile";
        List<String> broken = new ArrayList<>();
        if (attacked > MOST_TIMES * quiet) {
            broken.add("I5: " + attack + ": " + evidence);
        }
        logged = logLines(installation) - logged;
        if (logged > MOST_LOG_LINES) {
            broken.add(attack + ": " + logged + " lines in logs, of " + sent + " records");
        }
        return new Strike(name(), sent > 0, evidence, recovery, broken);
    }

    private static long logLines(Installation installation) throws IOException {
        long lines = 0;
        for (MonitorProcess monitor : installation.monitors()) {
            lines += monitor.child().said().lines().count();
        }
        return lines;
    }
}
