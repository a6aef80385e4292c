package dev.lastmile.faults.fault;

import dev.lastmile.faults.attack.Attack;
import dev.lastmile.faults.attack.Attacker;
import dev.lastmile.faults.attack.Lag;
import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;

/** The stranger attacks for a while. What the others get stays exact, and is not more than twice as old as without. */
public final class AttackNeighbours implements Fault {

    private static final Duration QUIET = Duration.ofSeconds(8);
    private static final Duration ATTACKED = Duration.ofSeconds(15);
    private static final int MOST_TIMES = 2;

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
        List<String> broken = attacked <= MOST_TIMES * quiet ? List.of() : List.of("I5: " + attack + ": " + evidence);
        return new Strike(name(), sent > 0, evidence, recovery, broken);
    }
}
