package dev.lastmile.app;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the state is still to be read back, told by Kafka Streams. Logged when it begins and when nothing is left to be read,
 * whatever number of stores it is. Thread-safe.
 */
final class RestoreProgress implements StateRestoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);

    /** A broker that answers sends something sooner, if it has something that may be read. */
    private static final Duration STUCK_AFTER = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final Map<TopicPartition, Rest> rests = new ConcurrentHashMap<>();
    private final AtomicLong restored = new AtomicLong();
    private long sinceNanos;
    private long restoredBefore;

    /** What is left of a partition, since some of it came last. */
    private record Rest(long records, long sinceNanos) {}

    /**
     * Nothing was read back yet.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    RestoreProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void onRestoreStart(
            TopicPartition partition, String storeName, long startingOffset, long endingOffset) {
        long records = Math.max(0, endingOffset - startingOffset);
        if (records == 0) {
            return;
        }
        if (rests.isEmpty()) {
            sinceNanos = nanoTime.getAsLong();
            restoredBefore = restored.get();
            LOG.atInfo().addKeyValue("first", partition).log("State is being read back");
        }
        rests.put(partition, new Rest(records, nanoTime.getAsLong()));
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String storeName, long batchEndOffset, long numRestored) {
        restored.addAndGet(numRestored);
        rests.computeIfPresent(
                partition, (key, rest) -> new Rest(Math.max(0, rest.records() - numRestored), nanoTime.getAsLong()));
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String storeName, long totalRestored) {
        end(partition);
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String storeName, long totalRestored) {
        end(partition);
    }

    private synchronized void end(TopicPartition partition) {
        if (rests.remove(partition) != null && rests.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("records", restored.get() - restoredBefore)
                    .addKeyValue("took", Duration.ofNanos(nanoTime.getAsLong() - sinceNanos))
                    .log("No state is left to be read back");
        }
    }

    /** Whether any state is incomplete. */
    boolean isRestoring() {
        return !rests.isEmpty();
    }

    /** Records still to be read; about, since offsets also count markers of transactions. */
    long remainingRecords() {
        return rests.values().stream().mapToLong(Rest::records).sum();
    }

    /** Records that were read back since the start. */
    long restoredRecords() {
        return restored.get();
    }

    /**
     * A partition of which nothing came for long though not all of it was read. That is what a transaction looks like that a broker
     * never ended: what lies behind its first record is not given out.
     */
    Optional<TopicPartition> stuck() {
        long now = nanoTime.getAsLong();
        return rests.entrySet().stream()
                .filter(entry -> now - entry.getValue().sinceNanos() >= STUCK_AFTER.toNanos())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
