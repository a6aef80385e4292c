package dev.lastmile.topology.serde;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often the records of each topic may have the registry asked: ten times at once and then once a second, and a second after
 * an answer that was of no use. Each look-up holds up a stream thread, whose other topics are other customers'. Thread-safe.
 */
final class LookUpPace {

    private static final long EACH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long AT_ONCE_NANOS = 9 * EACH_NANOS;

    /** For each topic when it would be its turn, had it never been early. */
    private final Map<String, Long> turns = new ConcurrentHashMap<>();

    /** Whether it is a topic's turn; not before the time that was given to {@link #spent} or {@link #wasted}. */
    boolean mayAsk(String topic, long nowNanos) {
        Long turn = turns.get(topic);
        return turn == null || turn - nowNanos <= 0;
    }

    /** An id was looked up and can be used. */
    void spent(String topic, long nowNanos) {
        long first = nowNanos - AT_ONCE_NANOS;
        turns.compute(topic, (name, turn) -> (turn == null || turn - first < 0 ? first : turn) + EACH_NANOS);
    }

    /** An id was looked up in vain. */
    void wasted(String topic, long nowNanos) {
        turns.put(topic, nowNanos + EACH_NANOS);
    }
}
