package dev.lastmile.topology.bundle;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partitions that are not read for a while, because whoever works them off has no room. What was handed out before comes all the
 * same, and so has to find some. Thread-safe: of all stream threads, each of which says it of its own partitions.
 */
public final class HeldPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(HeldPartitions.class);
    private static final long BETWEEN_LINES_MS = Duration.ofMinutes(1).toMillis();

    private final Set<TopicPartition> held = ConcurrentHashMap.newKeySet();
    private final LongSupplier clockMs;
    private boolean isTold;
    private long toldMs = Long.MIN_VALUE;

    /**
     * All are read.
     *
     * @param clockMs so that there is a line a minute at most
     */
    public HeldPartitions(LongSupplier clockMs) {
        this.clockMs = clockMs;
    }

    /** Not to be read from the next poll on. */
    public void hold(TopicPartition partition) {
        if (held.add(partition)) {
            tellTheFirst(partition);
        }
    }

    /** To be read again. */
    public void release(TopicPartition partition) {
        if (held.remove(partition)) {
            tellTheLast();
        }
    }

    private synchronized void tellTheFirst(TopicPartition partition) {
        long now = clockMs.getAsLong();
        if (!isTold && (toldMs == Long.MIN_VALUE || now - toldMs >= BETWEEN_LINES_MS)) {
            isTold = true;
            toldMs = now;
            LOG.atWarn()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .log(
                            "Records wait for the schema registry, and as many as may: some partitions are not read meanwhile");
        }
    }

    private synchronized void tellTheLast() {
        if (isTold && held.isEmpty()) {
            isTold = false;
            LOG.atInfo().log("All partitions are read again");
        }
    }

    /** Whether it is not read. */
    public boolean isHeld(TopicPartition partition) {
        return held.contains(partition);
    }

    /** How many are not read. */
    public int count() {
        return held.size();
    }

    boolean isAny() {
        return !held.isEmpty();
    }

    Set<TopicPartition> among(Set<TopicPartition> assigned) {
        Set<TopicPartition> among = new HashSet<>(held);
        among.retainAll(assigned);
        return among;
    }
}
