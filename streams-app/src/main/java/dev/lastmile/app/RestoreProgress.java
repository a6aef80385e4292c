package dev.lastmile.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How much of the state is still to be read back, told by Kafka Streams. Thread-safe. */
final class RestoreProgress implements StateRestoreListener {

    private final Map<TopicPartition, Long> remaining = new ConcurrentHashMap<>();

    @Override
    public void onRestoreStart(TopicPartition partition, String storeName, long startingOffset, long endingOffset) {
        long records = Math.max(0, endingOffset - startingOffset);
        if (records > 0) {
            remaining.put(partition, records);
        }
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String storeName, long batchEndOffset, long numRestored) {
        remaining.computeIfPresent(partition, (key, left) -> Math.max(0, left - numRestored));
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String storeName, long totalRestored) {
        remaining.remove(partition);
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String storeName, long totalRestored) {
        remaining.remove(partition);
    }

    /** Whether any state is incomplete. */
    boolean isRestoring() {
        return !remaining.isEmpty();
    }

    /** Records still to be read; about, since offsets also count markers of transactions. */
    long remainingRecords() {
        return remaining.values().stream().mapToLong(Long::longValue).sum();
    }
}
