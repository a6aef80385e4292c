package dev.lastmile.app;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How much of the state is still to be read back, told by Kafka Streams. Thread-safe. */
final class RestoreProgress implements StateRestoreListener {

    /** A broker that answers sends something sooner, if it has something that may be read. */
    private static final Duration STUCK_AFTER = Duration.ofSeconds(30);

    private final Map<TopicPartition, Rest> rests = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** What is left of a partition, since some of it came last. */
    private record Rest(long records, long sinceNanos) {}

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    RestoreProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String storeName, long startingOffset, long endingOffset) {
        long records = Math.max(0, endingOffset - startingOffset);
        if (records > 0) {
            rests.put(partition, new Rest(records, nanoTime.getAsLong()));
        }
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String storeName, long batchEndOffset, long numRestored) {
        rests.computeIfPresent(
                partition, (key, rest) -> new Rest(Math.max(0, rest.records() - numRestored), nanoTime.getAsLong()));
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String storeName, long totalRestored) {
        rests.remove(partition);
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String storeName, long totalRestored) {
        rests.remove(partition);
    }

    /** Whether any state is incomplete. */
    boolean isRestoring() {
        return !rests.isEmpty();
    }

    /** Records still to be read; about, since offsets also count markers of transactions. */
    long remainingRecords() {
        return rests.values().stream().mapToLong(Rest::records).sum();
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
