package dev.lastmile.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How far the broker's append times of each customer's two topics have come, and before when nothing can come any more.
 * No tenant's time touches another's. Mutable.
 *
 * <p>Append times do not run backwards within a topic, so what lies before the slower topic's clock is over. A topic that is
 * silent, or so far behind, is waited for only so long: a customer who never sends a ground truth must not fill the disk.
 */
final class AppendClocks {

    /** One topic may lag behind the other so far. */
    static final long LARGEST_LAG_MS = Duration.ofDays(7).toMillis();

    private static final long UNKNOWN = Long.MIN_VALUE;

    private final Map<String, Long> inferences = new HashMap<>();
    private final Map<String, Long> truths = new HashMap<>();

    /** Takes note of a record's append time. */
    void advance(SourceTopic topic, long appendMs) {
        Map<String, Long> clocks = topic.holdsInferences() ? inferences : truths;
        Long clock = clocks.get(topic.customer());
        if (clock == null || clock < appendMs) {
            clocks.put(topic.customer(), appendMs);
        }
    }

    /** Before this, epoch milliseconds, no record of the customer can come; {@link Long#MIN_VALUE} where nothing is known. */
    long overBeforeMs(String customer) {
        long one = inferences.getOrDefault(customer, UNKNOWN);
        long other = truths.getOrDefault(customer, UNKNOWN);
        long faster = Math.max(one, other);
        return faster == UNKNOWN ? UNKNOWN : Math.max(Math.min(one, other), faster - LARGEST_LAG_MS);
    }

    /** Forgets all clocks. */
    void clear() {
        inferences.clear();
        truths.clear();
    }
}
