package dev.lastmile.topology.serde;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How often the records of each topic may have the registry asked: ten times at once and then once a second, a second after an
 * answer that was of no use or that did not come, and never while one is to come. Thread-safe.
 */
final class LookUpPace {

    private static final long EACH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long AT_ONCE_NANOS = 9 * EACH_NANOS;

    private final Map<String, Asking> topics = new HashMap<>();

    /** What a topic gets that would ask. */
    enum Turn {
        /** It asks, and has to say what came of it. */
        ITS_OWN,
        /** It has asked too often. */
        LATER,
        /** Nobody can tell: an answer is to come, or the last one did not come. */
        NOBODY_KNOWS
    }

    /** Of one topic. Mutable. */
    private static final class Asking {
        /** When it would be its turn, had it never been early. */
        private long turnNanos;

        /** Not sooner in any case: what was not answered is no turn that was used up. */
        private long notBeforeNanos;

        private boolean isOpen;

        private Asking(long nowNanos) {
            turnNanos = nowNanos - AT_ONCE_NANOS;
            notBeforeNanos = nowNanos;
        }
    }

    /** Takes a topic's turn, where it has one. Each that is its own ends with one of the other three. */
    synchronized Turn take(String topic, long nowNanos) {
        Asking its = topics.computeIfAbsent(topic, any -> new Asking(nowNanos));
        if (its.isOpen || its.notBeforeNanos - nowNanos > 0) {
            return Turn.NOBODY_KNOWS;
        }
        if (its.turnNanos - nowNanos > 0) {
            return Turn.LATER;
        }
        its.isOpen = true;
        return Turn.ITS_OWN;
    }

    /** An id was looked up and can be used. */
    synchronized void spent(String topic, long nowNanos) {
        Asking its = end(topic, nowNanos);
        long first = nowNanos - AT_ONCE_NANOS;
        its.turnNanos = (its.turnNanos - first < 0 ? first : its.turnNanos) + EACH_NANOS;
    }

    /** An id was looked up in vain. */
    synchronized void wasted(String topic, long nowNanos) {
        end(topic, nowNanos).turnNanos = nowNanos + EACH_NANOS;
    }

    /** The registry could not be asked. */
    synchronized void failed(String topic, long nowNanos) {
        end(topic, nowNanos).notBeforeNanos = nowNanos + EACH_NANOS;
    }

    private Asking end(String topic, long nowNanos) {
        Asking its = topics.computeIfAbsent(topic, any -> new Asking(nowNanos));
        its.isOpen = false;
        return its;
    }
}
