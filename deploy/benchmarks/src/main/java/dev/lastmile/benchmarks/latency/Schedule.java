package dev.lastmile.benchmarks.latency;

import dev.lastmile.benchmarks.load.LoadSender;
import dev.lastmile.benchmarks.load.Sums;
import dev.lastmile.benchmarks.process.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Strikes one victim after the other, each at a random moment, by a producer and a thread of its own. */
final class Schedule {

    private final Sums sums = new Sums();
    private final CompletableFuture<List<Strike>> strikes;

    /**
     * What was done to a victim.
     *
     * @param truthMs when the broker appended the first ground truth of it, epoch milliseconds
     */
    record Strike(Victim victim, long truthMs) {}

    private Schedule(List<Victim> victims, Site site, long[] afterMs) {
        long startNanos = System.nanoTime();
        strikes = new CompletableFuture<List<Strike>>()
                .completeAsync(() -> strikeAll(victims, site, afterMs, startNanos), task -> new Thread(task, "troubles")
                        .start());
    }

    /**
     * Begins now.
     *
     * @param fromMs from now, when the time begins that the moments are drawn from
     * @param lengthMs of that time
     */
    static Schedule start(List<Victim> victims, Site site, long fromMs, long lengthMs, long seed) {
        long[] afterMs = new SplittableRandom(seed)
                .longs(victims.size(), fromMs, fromMs + lengthMs)
                .sorted()
                .toArray();
        return new Schedule(victims, site, afterMs);
    }

    private List<Strike> strikeAll(List<Victim> victims, Site site, long[] afterMs, long startNanos) {
        List<CompletableFuture<Strike>> all = new ArrayList<>(victims.size());
        try (LoadSender sender = new LoadSender(Victim.SHAPE, site.bootstrapServers(), site.registryUrl())) {
            for (int i = 0; i < victims.size(); i++) {
                long dueNanos = startNanos + TimeUnit.MILLISECONDS.toNanos(afterMs[i]);
                for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                Victim victim = victims.get(i);
                all.add(victim.strike(sender, sums.counting(Victim.SHAPE.slices()))
                        .thenApply(truthMs -> new Strike(victim, truthMs)));
            }
        }
        return all.stream().map(CompletableFuture::join).toList();
    }

    /** What was done, once all is done. */
    List<Strike> strikes() {
        return strikes.join();
    }

    /** What must come of it, once all is done. */
    Sums sent() {
        strikes.join();
        return sums;
    }
}
