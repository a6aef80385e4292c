package dev.lastmile.faults.verdict;

import dev.lastmile.faults.installation.GroupProgress;
import dev.lastmile.faults.installation.GroupProgress.Stretch;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a group has not committed yet. Offsets alone do not tell: after the last record may come the ends of transactions, and records
 * of aborted ones, of which nobody commits anything.
 */
public final class Unread {

    private static final Duration POLL = Duration.ofMillis(100);

    /** More are not looked at one by one. */
    private static final long MOST_LOOKED_AT = 2_000;

    private final GroupProgress progress;
    private final String bootstrapServers;

    /**
     * @param progress of the group, in the topics that it reads
     */
    public Unread(GroupProgress progress, String bootstrapServers) {
        this.progress = progress;
        this.bootstrapServers = bootstrapServers;
    }

    /** How many records; where there are thousands, about. */
    public long records() throws IOException, InterruptedException {
        Map<TopicPartition, Stretch> behind = progress.left(IsolationLevel.READ_COMMITTED);
        behind.values().removeIf(stretch -> stretch.length() == 0);
        long offsets = behind.values().stream().mapToLong(Stretch::length).sum();
        return behind.isEmpty() || offsets > MOST_LOOKED_AT ? offsets : lookedAt(behind);
    }

    private long lookedAt(Map<TopicPartition, Stretch> behind) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(behind.keySet());
            behind.forEach((partition, stretch) -> consumer.seek(partition, stretch.from()));
            long records = 0;
            while (behind.entrySet().stream()
                    .anyMatch(one ->
                            consumer.position(one.getKey()) < one.getValue().to())) {
                records += consumer.poll(POLL).count();
            }
            return records;
        }
    }
}
