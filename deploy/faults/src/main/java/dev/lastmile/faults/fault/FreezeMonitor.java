package dev.lastmile.faults.fault;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A monitor stands still, in the midst of a transaction, until another one has taken over, and goes on as if nothing had happened: a
 * zombie. It must be told so by the broker, which its log says.
 */
public final class FreezeMonitor implements Fault {

    private static final Duration MISSED_WITHIN = Duration.ofMinutes(2);

    /** It may happen to have none open. */
    private static final Duration IN_A_TRANSACTION_WITHIN = Duration.ofSeconds(30);

    /** Of what it asked for in its last moment, the broker may still be about to do some. */
    private static final long SETTLED_AFTER_MS = 200;

    private static final int LONGEST_MS = 500;

    /** It may lose its tasks before it tries to commit any of them, and then nobody has to keep it out. */
    private static final int MOST_TIMES = 4;

    /** What Kafka Streams says when a commit was refused because the tasks are another's. */
    private static final String FENCED = "Detected that the thread is being fenced";

    private final Duration sessionTimeout;

    /**
     * @param sessionTimeout of the monitors, of which there must be two or more
     */
    public FreezeMonitor(Duration sessionTimeout) {
        this.sessionTimeout = sessionTimeout;
    }

    @Override
    public String name() {
        return "zombie";
    }

    @Override
    public Strike strike(Installation installation, SplittableRandom random) throws IOException, InterruptedException {
        MonitorProcess victim = installation.victim(random);
        Duration recovery = Duration.ZERO;
        Zombie zombie = null;
        for (int times = 1; times <= MOST_TIMES && (zombie == null || !zombie.isFenced()); times++) {
            zombie = zombieOf(victim, installation, random);
            recovery = recovery.plus(zombie.recovery());
        }
        return new Strike(
                name(), zombie != null && zombie.isFenced(), victim.name() + " stood still until " + zombie, recovery);
    }

    /**
     * What became of it.
     *
     * @param open its transactions while it stood still
     * @param left members of the group when it was let go on
     * @param members of the group before
     * @param fenced how many of its threads said since that they were kept out
     */
    private record Zombie(int open, int left, int members, long fenced, Duration recovery) {

        boolean isFenced() {
            return open > 0 && left < members && fenced > 0;
        }

        @Override
        public String toString() {
            return left + " of " + members + " members were left, " + open + " of its transactions open; " + fenced
                    + " of its threads were fenced";
        }
    }

    private Zombie zombieOf(MonitorProcess frozen, Installation installation, SplittableRandom random)
            throws IOException, InterruptedException {
        int members = installation.groupMembers();
        long fenced = fencedOf(frozen);
        int open = freezeInATransaction(frozen, installation, random);
        Patience.of(MISSED_WITHIN).until("it is taken for gone", () -> installation.groupMembers() < members);
        TimeUnit.MILLISECONDS.sleep(sessionTimeout.toMillis() / 2 + random.nextInt(4_000));
        for (MonitorProcess other : installation.monitors()) {
            if (other != frozen) {
                other.awaitReady(READY_WITHIN);
            }
        }
        int left = installation.groupMembers();
        frozen.child().thaw();
        Duration recovery = Duration.ZERO;
        for (MonitorProcess monitor : installation.monitors()) {
            recovery = recovery.plus(monitor.awaitReady(READY_WITHIN));
        }
        Patience.of(MISSED_WITHIN).until("it is back", () -> installation.groupMembers() == members);
        return new Zombie(open, left, members, fencedOf(frozen) - fenced, recovery);
    }

    /** How many of its transactions are open while it stands still. */
    private static int freezeInATransaction(MonitorProcess monitor, Installation installation, SplittableRandom random)
            throws IOException, InterruptedException {
        int number = installation.monitors().indexOf(monitor);
        int[] open = {0};
        Patience.of(IN_A_TRANSACTION_WITHIN).until("it stands still in a transaction", () -> {
            monitor.child().freeze();
            TimeUnit.MILLISECONDS.sleep(SETTLED_AFTER_MS);
            open[0] = installation.openTransactionsOf(number);
            if (open[0] == 0) {
                monitor.child().thaw();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MS));
            }
            return open[0] > 0;
        });
        return open[0];
    }

    private static long fencedOf(MonitorProcess monitor) throws IOException {
        return monitor.child()
                .said()
                .lines()
                .filter(line -> line.contains(FENCED))
                .count();
    }
}
