package dev.lastmile.topology.bundle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer that hands out the records of some topics in {@link Bundle}s. It holds nothing back. */
final class BundlingConsumer extends KafkaConsumer<byte[], byte[]> {

    /**
     * Few enough that the two topics of a customer, which Kafka Streams reads in step, stay in step; many enough that what it does
     * for a record is no longer felt.
     */
    private static final int MOST_IN_A_BUNDLE = 64;

    private final Predicate<String> bundled;

    /**
     * @param bundled whether records of a topic are bundled
     */
    BundlingConsumer(Map<String, Object> settings, Predicate<String> bundled) {
        super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.bundled = bundled;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
        if (polled.isEmpty()) {
            return polled;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> handedOut = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> its = polled.records(partition);
            handedOut.put(partition, bundled.test(partition.topic()) ? bundles(its) : its);
        }
        return new ConsumerRecords<>(handedOut, polled.nextOffsets());
    }

    private static List<ConsumerRecord<byte[], byte[]>> bundles(List<ConsumerRecord<byte[], byte[]>> records) {
        List<ConsumerRecord<byte[], byte[]>> bundles = new ArrayList<>();
        for (int from = 0; from < records.size(); from += MOST_IN_A_BUNDLE) {
            bundles.add(Bundle.of(records.subList(from, Math.min(records.size(), from + MOST_IN_A_BUNDLE))));
        }
        return bundles;
    }
}
