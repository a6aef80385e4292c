package dev.lastmile.faults.process;

import dev.lastmile.app.Configuration;
import dev.lastmile.app.Monitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Monitors that come and go, one in or one out each second, all in a process of their own: one of its own for each would take longer
 * to start than it stays.
 */
public final class RevolvingDoor implements AutoCloseable {

    private static final String IN = "in ";
    private static final String OUT = "out ";
    private static final long EVERY_MS = 1_000;

    private final Child child;

    private RevolvingDoor(Child child) {
        this.child = child;
    }

    /**
     * Starts it; it turns until it is closed, and then whoever is in is gone at once.
     *
     * @param configurations one for each that may be in at a time
     */
    public static RevolvingDoor start(List<Path> configurations, Path log) throws IOException {
        return new RevolvingDoor(Child.start(
                List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                RevolvingDoor.class,
                configurations.stream().map(Path::toString).toList(),
                log));
    }

    /** How many have come in so far. */
    public long in() throws IOException {
        return count(IN);
    }

    /** How many have gone. */
    public long out() throws IOException {
        return count(OUT);
    }

    private long count(String what) throws IOException {
        return child.said().lines().filter(line -> line.startsWith(what)).count();
    }

    /** Whether it turns. */
    public boolean isAlive() {
        return child.isAlive();
    }

    @Override
    public void close() {
        child.close();
    }

    /** A place for one monitor at a time. */
    private static final class Place {
        private final int number;
        private final Configuration configuration;
        private final AtomicReference<@Nullable Monitor> monitor = new AtomicReference<>();
        private @Nullable Thread leaving;

        Place(int number, Configuration configuration) {
            this.number = number;
            this.configuration = configuration;
        }

        /** In if nobody is, out if somebody is; neither while somebody is still leaving, which takes a while. */
        void turn() {
            Thread last = leaving;
            if (last != null && last.isAlive()) {
                return;
            }
            Monitor there = monitor.getAndSet(null);
            if (there == null) {
                monitor.set(Monitor.start(configuration));
                System.out.println(IN + number);
            } else {
                Thread leaves = new Thread(there::close, "leave-" + number);
                leaves.start();
                leaving = leaves;
                System.out.println(OUT + number);
            }
        }
    }

    /** Turns until it is told to end, or whoever started it is gone. */
    public static void main(String[] arguments) throws InterruptedException {
        Parent.watch();
        List<Place> places = new ArrayList<>();
        for (String argument : arguments) {
            places.add(new Place(places.size(), Configuration.read(Path.of(argument), Map.of())));
        }
        long started = System.nanoTime();
        for (long turn = 0; ; turn++) {
            long leftMs = turn * EVERY_MS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
            if (leftMs > 0) {
                TimeUnit.MILLISECONDS.sleep(leftMs);
            }
            places.get((int) (turn % places.size())).turn();
        }
    }
}
