package dev.lastmile.faults.fault;

import dev.lastmile.faults.attack.Attack;
import dev.lastmile.faults.attack.Attacker;
import dev.lastmile.faults.attack.Lag;
import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.faults.traffic.Stranger;
import dev.lastmile.faults.verdict.Unread;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * The stranger attacks for a while. What the others get stays exact, and is not more than twice as old as without. Where it seems to be,
 * the stranger attacks once more, since the machine may have been busy with something else; both are told.
 */
public final class AttackNeighbours implements Fault {

    private static final Duration QUIET = Duration.ofSeconds(6);
    private static final Duration ATTACKED = Duration.ofSeconds(10);
    private static final Duration WORKED_OFF_WITHIN = Duration.ofMinutes(5);
    private static final int MOST_TIMES = 2;

    /** Of what an attack is to send. */
    private static final double ENOUGH = .9;

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
        Measured measured;
        String first = "";
        long logged = logLines(installation);
        try (Admin admin = installation.admin()) {
            Unread left = new Unread(
                    Installation.progressIn(Installation.topicsOf(Stranger.CUSTOMER), admin),
                    installation.bootstrapServers());
            Lag lag = new Lag(Installation.progressIn(Installation.watchedTopics(), admin));
            measured = measured(installation, left, lag, random.nextLong());
            if (measured.isFelt()) {
                first = "; before that " + measured;
                measured = measured(installation, left, lag, random.nextLong());
            }
        }
        Duration recovery = Duration.ZERO;
        for (MonitorProcess monitor : installation.monitors()) {
            recovery = recovery.plus(monitor.awaitReady(READY_WITHIN));
        }
        List<String> broken = new ArrayList<>();
        if (measured.isFelt()) {
            broken.add("I5: " + attack + ": " + measured + first);
        }
        logged = logLines(installation) - logged;
        if (logged > MOST_LOG_LINES) {
            broken.add(attack + ": " + logged + " lines in logs, of " + measured);
        }
        return new Strike(name(), isHitBy(measured), measured + first, recovery, broken);
    }

    private Measured measured(Installation installation, Unread left, Lag lag, long seed)
            throws IOException, InterruptedException {
        // What an attack before left to be done is not how it is without one.
        Patience.of(WORKED_OFF_WITHIN)
                .until("what was sent in the last attack is worked off", () -> left.records() == 0);
        long quiet = lag.p99Over(QUIET);
        try (Attacker attacker =
                Attacker.start(attack, installation.bootstrapServers(), installation.registryUrl(), seed)) {
            long before = lag.appended();
            long started = System.nanoTime();
            long attacked = lag.p99Over(ATTACKED);
            long sent = attacker.acknowledged();
            double seconds = (System.nanoTime() - started) / (double) TimeUnit.SECONDS.toNanos(1);
            return new Measured(quiet, attacked, sent, lag.appended() - before, seconds);
        }
    }

    /** Whether as much was sent as it says, and so many times what the others sent: otherwise it was another attack. */
    private boolean isHitBy(Measured measured) {
        boolean asMuchAsItSays = measured.sent() >= ENOUGH * attack.perSecond() * measured.seconds();
        boolean aFlood = measured.sent() >= ENOUGH * Attack.TIMES * measured.others();
        return measured.others() > 0 && asMuchAsItSays && (aFlood || !attack.isFlood());
    }

    /**
     * What was seen.
     *
     * @param quiet of the others' records, so many were not counted yet before the attack
     * @param attacked and so many meanwhile
     * @param sent records of the attack that the broker took
     * @param others records of the others
     * @param seconds that it took
     */
    private record Measured(long quiet, long attacked, long sent, long others, double seconds) {

        boolean isFelt() {
            return attacked > MOST_TIMES * quiet;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d records sent in %.1f s, %.1f times what the others sent; of theirs at most %d were not counted yet"
                            + " before, %d meanwhile",
                    sent,
                    seconds,
                    sent / (double) others,
                    quiet,
                    attacked);
        }
    }

    private static long logLines(Installation installation) throws IOException {
        long lines = 0;
        for (MonitorProcess monitor : installation.monitors()) {
            lines += monitor.child().said().lines().count();
        }
        return lines;
    }
}
