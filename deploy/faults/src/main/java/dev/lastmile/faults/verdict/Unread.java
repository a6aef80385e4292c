package dev.lastmile.faults.verdict;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a group has not committed yet. Offsets alone do not tell: after the last record may come the ends of transactions, and records
 * of aborted ones, of which nobody commits anything.
 */
public final class Unread {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long ANSWER_SECONDS = 30;

    /** More are not looked at one by one. */
    private static final long MOST_LOOKED_AT = 2_000;

    private final Admin admin;
    private final String bootstrapServers;
    private final String group;
    private final Set<String> topics;

    /**
     * @param group that commits
     * @param topics that it reads
     */
    public Unread(Admin admin, String bootstrapServers, String group, Collection<String> topics) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
        this.group = group;
        this.topics = Set.copyOf(topics);
    }

    /** How many records; where there are thousands, about. */
    public long records() throws IOException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Stretch> behind = new HashMap<>();
        long offsets = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends().entrySet()) {
            OffsetAndMetadata counted = committed.get(end.getKey());
            Stretch stretch = new Stretch(
                    counted == null ? 0 : counted.offset(), end.getValue().offset());
            if (stretch.from() < stretch.to()) {
                behind.put(end.getKey(), stretch);
                offsets += stretch.to() - stretch.from();
            }
        }
        return behind.isEmpty() || offsets > MOST_LOOKED_AT ? offsets : lookedAt(behind);
    }

    private record Stretch(long from, long to) {}

    /** Where what whoever reads only what is committed may read ends. */
    private Map<TopicPartition, ListOffsetsResultInfo> ends() throws IOException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        answer(admin.describeTopics(topics).allTopicNames()).values().forEach(topic -> topic.partitions()
                .forEach(partition ->
                        latest.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest())));
        return answer(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all());
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

    private static <T> T answer(KafkaFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the broker does not answer", e);
        }
    }
}
