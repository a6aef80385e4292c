package dev.lastmile.topology.serde;

import java.time.Duration;

/**
 * How long stream threads wait for answers of the registry: two seconds for each, five of them together, and then a tenth of the time;
 * and for none once one took longer, until another came sooner. What they do not wait for costs its record a second, and nobody else
 * anything. Thread-safe.
 */
final class LookUpPatience {

    /** For one answer. */
    static final Duration MOST = Duration.ofSeconds(2);

    private static final long MOST_TOGETHER_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long PAID_BACK_TENFOLD = 10;

    private boolean isOver;
    private long waitedNanos;
    private long untilNanos;

    /** Whether the next answer is waited for. */
    synchronized boolean isAny(long nowNanos) {
        return !isOver && owed(nowNanos) < MOST_TOGETHER_NANOS;
    }

    /** Somebody waited, and did or did not get the answer. */
    synchronized void waited(long fromNanos, long toNanos, boolean wasAnswered) {
        waitedNanos = owed(toNanos) + (toNanos - fromNanos);
        untilNanos = toNanos;
        isOver |= !wasAnswered;
    }

    /** Somebody got an answer, or a failure, whoever waited for it. */
    synchronized void answered(long askedNanos, long nowNanos) {
        isOver = nowNanos - askedNanos >= MOST.toNanos();
    }

    private long owed(long nowNanos) {
        return Math.max(0, waitedNanos - Math.max(0, nowNanos - untilNanos) / PAID_BACK_TENFOLD);
    }
}
