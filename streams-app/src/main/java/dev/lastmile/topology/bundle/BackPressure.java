package dev.lastmile.topology.bundle;

import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far this process has read ahead of what it has worked off, and how many partitions wait because of that: all its consumers
 * together. That is no fault, it is how memory stays bounded; who asks why lag grows should find it. Logged when it begins and when it
 * is over, at most once in a minute, however often it comes and goes. Thread-safe.
 */
public final class BackPressure {

    private static final Logger LOG = LoggerFactory.getLogger(BackPressure.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final Map<Object, Held> byConsumer = new WeakHashMap<>();
    private long times;
    private boolean isHeldBack;
    private boolean isToldOf;
    private boolean wasToldOf;
    private long sinceNanos;

    /** What one consumer has. */
    private record Held(long bytes, int partitions) {}

    /** What there was to be said after a change. */
    enum Word {
        NOTHING,
        BEGINS,
        IS_OVER
    }

    /**
     * Nothing was read yet.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    public BackPressure(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * What a consumer has now.
     *
     * @param bytes ahead
     * @param waiting partitions that it does not read until some is worked off
     */
    synchronized Word report(Object consumer, long bytes, int waiting) {
        byConsumer.put(consumer, new Held(bytes, waiting));
        boolean now = partitionsWaiting() > 0;
        if (now == isHeldBack) {
            return Word.NOTHING;
        }
        isHeldBack = now;
        return now ? begin() : end();
    }

    private Word begin() {
        times++;
        long nowNanos = nanoTime.getAsLong();
        isToldOf = !wasToldOf || nowNanos - sinceNanos >= BETWEEN_LINES.toNanos();
        if (!isToldOf) {
            return Word.NOTHING;
        }
        wasToldOf = true;
        sinceNanos = nowNanos;
        LOG.atInfo()
                .addKeyValue("partitions", partitionsWaiting())
                .addKeyValue("bytes", bytes())
                .log("Records come faster than they are worked off; partitions with most of them wait");
        return Word.BEGINS;
    }

    private Word end() {
        if (!isToldOf) {
            return Word.NOTHING;
        }
        LOG.atInfo()
                .addKeyValue("took", Duration.ofNanos(nanoTime.getAsLong() - sinceNanos))
                .log("Enough is worked off; all partitions are read again");
        return Word.IS_OVER;
    }

    /** Bytes that were read and are not worked off. */
    public synchronized long bytes() {
        return byConsumer.values().stream().mapToLong(Held::bytes).sum();
    }

    /** Partitions that are not read until some of that is worked off. */
    public synchronized long partitionsWaiting() {
        return byConsumer.values().stream().mapToLong(Held::partitions).sum();
    }

    /** How often since the start some began to wait where none did. */
    public synchronized long times() {
        return times;
    }
}
