package dev.lastmile.faults.exactness;

import dev.lastmile.faults.exactness.KeptState.Changelog;
import dev.lastmile.faults.exactness.KeptState.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Changelogs on a broker, read from there and written there so that each record has the offset that it had. */
final class KeptChangelogs {

    private static final String BETWEEN_STAGES = "-deltas-repartition";

    private final String bootstrapServers;
    private final Admin admin;

    KeptChangelogs(String bootstrapServers, Admin admin) {
        this.bootstrapServers = bootstrapServers;
        this.admin = admin;
    }

    /** Reads all of these partitions. */
    List<Changelog> read(List<TopicPartition> partitions) {
        List<Changelog> changelogs = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            for (TopicPartition partition : partitions) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                List<Entry> records = new ArrayList<>();
                while (consumer.position(partition) < end) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                        records.add(new Entry(record.offset(), record.key(), record.value()));
                    }
                }
                changelogs.add(new Changelog(partition, records, end));
            }
        }
        return changelogs;
    }

    /** Makes the topics and writes everything; then says that a group has read so far. */
    void write(KeptState state, String group) throws Exception {
        Map<String, Integer> partitions = new HashMap<>();
        state.changelogs()
                .forEach(changelog -> partitions.merge(changelog.partition().topic(), 1, Integer::sum));
        List<NewTopic> topics = new ArrayList<>();
        partitions.forEach((topic, count) ->
                topics.add(new NewTopic(topic, count, (short) 1).configs(Map.of("cleanup.policy", "compact"))));
        // Nothing was on its way between the stages when it stopped, but the topic was there.
        topics.add(new NewTopic(
                        group + BETWEEN_STAGES,
                        partitions.values().stream()
                                .mapToInt(count -> count)
                                .max()
                                .orElseThrow(),
                        (short) 1)
                .configs(Map.of("cleanup.policy", "delete", "retention.ms", "-1")));
        admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
        for (Changelog changelog : state.changelogs()) {
            write(changelog);
        }
        Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
        state.read().forEach((partition, offset) -> read.put(partition, new OffsetAndMetadata(offset)));
        admin.alterConsumerGroupOffsets(group, read).all().get(30, TimeUnit.SECONDS);
    }

    /** What lies between two records that do not follow each other is the mark of a transaction, or one that was aborted. */
    private void write(Changelog changelog) {
        TopicPartition partition = changelog.partition();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "kept-" + partition),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            long next = 0;
            boolean open = false;
            for (Entry entry : changelog.records()) {
                if (entry.offset() > next) {
                    next = skip(producer, partition, next, entry.offset(), open);
                    open = false;
                }
                if (!open) {
                    producer.beginTransaction();
                    open = true;
                }
                send(producer, partition, entry.key(), entry.value());
                next++;
            }
            if (changelog.end() > next) {
                next = skip(producer, partition, next, changelog.end(), open);
            }
            if (next != changelog.end()) {
                throw new IllegalStateException(partition + " must end at " + changelog.end() + ": " + next);
            }
        }
    }

    private static long skip(
            KafkaProducer<byte[], byte[]> producer, TopicPartition partition, long from, long until, boolean open) {
        long next = from;
        if (open) {
            producer.commitTransaction();
            next++;
        }
        if (next < until) {
            producer.beginTransaction();
            for (; next < until - 1; next++) {
                send(producer, partition, new byte[] {1}, new byte[] {1});
            }
            producer.flush();
            producer.abortTransaction();
            next++;
        }
        return next;
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, TopicPartition partition, byte[] key, byte @Nullable [] value) {
        // Should it fail, the transaction cannot be committed.
        var unused = producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), key, value));
    }
}
