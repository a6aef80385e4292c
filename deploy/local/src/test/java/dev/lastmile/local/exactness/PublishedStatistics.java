package dev.lastmile.local.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.local.oracle.OracleCounts;
import dev.lastmile.local.oracle.OracleResult.BucketKey;
import dev.lastmile.local.oracle.OracleResult.SliceKey;
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
    private long records;

    /** Reads from the start; the topics must be there. */
    PublishedStatistics(String bootstrapServers, String registryUrl) {
        TrustedRecords.trust();
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        deserializer.configure(Map.of("schema.registry.url", registryUrl, "specific.avro.reader", true), false);
        List<TopicPartition> partitions = new ArrayList<>();
        for (String customer : WatchedStream.customers()) {
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

    /** How many records were read so far. */
    long records() {
        return records;
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        records++;
        assertThat(record.value()).as("no cell is withdrawn: " + record.key()).isNotNull();
        SliceStatisticsEvent event = (SliceStatisticsEvent) deserializer.deserialize(record.topic(), record.value());
        assertThat(record.topic()).isEqualTo(Topics.sliceStatistics(event.getCustomer()));
        BucketKey cell = new BucketKey(
                new SliceKey(event.getCustomer(), event.getDeployment(), event.getModelVersion(), event.getSliceName()),
                event.getBucketStart().toEpochMilli());
        String before = recordKeys.put(cell, record.key());
        assertThat(Objects.requireNonNullElse(before, record.key()))
                .as("one cell has one key")
                .isEqualTo(record.key());
        OracleCounts counts = new OracleCounts(
                event.getInferences(),
                event.getLabelled(),
                event.getEmptyReferences(),
                event.getErrors(),
                event.getTrials(),
                event.getSubstitutions(),
                event.getDeletions(),
                event.getInsertions());
        requireDerived(event, counts);
        cells.put(cell, counts);
    }

    private static void requireDerived(SliceStatisticsEvent event, OracleCounts counts) {
        Double ratio = counts.trials() == 0 ? null : counts.errors() / (double) counts.trials();
        assertThat(event.getRatio()).isEqualTo(ratio);
        assertThat(event.getLabelCoverage()).isEqualTo(counts.labelled() / (double) counts.received());
        if (ratio != null) {
            assertThat(ratio).isBetween(event.getLower(), event.getUpper());
        }
    }

    @Override
    public void close() {
        consumer.close();
        deserializer.close();
    }
}
