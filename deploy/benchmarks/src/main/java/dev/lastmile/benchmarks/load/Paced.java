package dev.lastmile.benchmarks.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Hands events on, each when it is due; after a hold-up, as fast as it can until it is on time again. Mutable. */
final class Paced implements Load.Receiver {

    /** What is due sooner goes at once: no thread wakes up more exactly. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Load.Receiver to;
    private final double perSecond;
    private final long startNanos = System.nanoTime();
    private long events;

    /**
     * Begins now.
     *
     * @param perSecond events
     */
    Paced(Load.Receiver to, double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("perSecond must be > 0: " + perSecond);
        }
        this.to = to;
        this.perSecond = perSecond;
    }

    @Override
    public void answer(Answer answer) {
        await();
        to.answer(answer);
    }

    @Override
    public void truth(Answer answer, boolean wrong, long observedAtMs, int revision) {
        await();
        to.truth(answer, wrong, observedAtMs, revision);
    }

    private void await() {
        long dueNanos = startNanos + (long) (events++ / perSecond * TimeUnit.SECONDS.toNanos(1));
        for (long left = dueNanos - System.nanoTime(); left > TICK_NANOS; left = dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Events a second so far. */
    double achievedPerSecond() {
        return events * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - startNanos);
    }
}
