package dev.lastmile.faults.exactness;

import dev.lastmile.faults.oracle.OracleCounts;
import dev.lastmile.faults.oracle.OracleResult.BucketKey;
import dev.lastmile.faults.oracle.OracleResult.SliceKey;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.schema.SliceStatisticsEvent;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.TrustedRecords;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What customers read of their statistics: committed records only, the last of a key counts. */
final class PublishedStatistics implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();
    private final Map<BucketKey, OracleCounts> cells = new HashMap<>();
    private final Map<BucketKey, String> recordKeys = new HashMap<>();

    /** Reads from the start; the topics must be there. */
    PublishedStatistics(String bootstrapServers, String registryUrl) {
        TrustedRecords.trust();
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        deserializer.configure(Map.of("schema.registry.url", registryUrl, "specific.avro.reader", true), false);
        List<TopicPartition> partitions = new ArrayList<>();
        for (String customer : OracleStream.customers()) {
            consumer.partitionsFor(Topics.sliceStatistics(customer))
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The cells as published so far. */
    Map<BucketKey, OracleCounts> cells() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(200)).forEach(this::take);
        }
        return new HashMap<>(cells);
    }

    /** Takes one record. Anything wrong with it fails at once: who waits for better cells must not wait for that. */
    private void take(ConsumerRecord<String, byte[]> record) {
        require(record.value() != null, "a cell was withdrawn", record);
        SliceStatisticsEvent event = (SliceStatisticsEvent) deserializer.deserialize(record.topic(), record.value());
        require(record.topic().equals(Topics.sliceStatistics(event.getCustomer())), "in a topic not its own", event);
        BucketKey cell = new BucketKey(
                new SliceKey(event.getCustomer(), event.getDeployment(), event.getModelVersion(), event.getSliceName()),
                event.getBucketStart().toEpochMilli());
        String before = recordKeys.put(cell, record.key());
        require(before == null || before.equals(record.key()), "under another key before: " + before, record);
        OracleCounts counts = new OracleCounts(
                event.getInferences(),
                event.getLabelled(),
                event.getEmptyReferences(),
                event.getErrors(),
                event.getTrials(),
                event.getSubstitutions(),
                event.getDeletions(),
                event.getInsertions());
        require(isDerived(event, counts), "not what follows from its counts", event);
        cells.put(cell, counts);
    }

    private static boolean isDerived(SliceStatisticsEvent event, OracleCounts counts) {
        boolean covered = Objects.equals(event.getLabelCoverage(), counts.labelled() / (double) counts.received());
        if (counts.trials() == 0) {
            return covered && event.getRatio() == null;
        }
        double ratio = counts.errors() / (double) counts.trials();
        return covered
                && Objects.equals(event.getRatio(), ratio)
                && event.getLower() <= ratio
                && ratio <= event.getUpper();
    }

    private static void require(boolean holds, String otherwise, Object of) {
        if (!holds) {
            throw new IllegalStateException(otherwise + ": " + of);
        }
    }

    @Override
    public void close() {
        consumer.close();
        deserializer.close();
    }
}
