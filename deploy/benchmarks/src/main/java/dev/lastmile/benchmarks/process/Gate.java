package dev.lastmile.benchmarks.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Keeps what is sent to topics from those who read only what is committed, until it is opened: a load lies there as a whole
 * before a running monitor sees the first of it. Works by a transaction in each partition that stays open, and is aborted in
 * the end, so that nobody ever reads anything of it.
 */
public final class Gate {

    /** The longest that a broker allows by default. */
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private Gate() {}

    /** Shuts all partitions of these topics, lets the sender send, a quarter of an hour at most, and opens them. */
    public static void shutWhile(Runnable sender, String bootstrapServers, List<String> topics) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "transactional.id",
                "gate",
                "transaction.timeout.ms",
                Math.toIntExact(LIMIT.toMillis()));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String topic : topics) {
                for (PartitionInfo partition : producer.partitionsFor(topic)) {
                    // A failure shows when the transaction is ended.
                    var unused = producer.send(new ProducerRecord<>(topic, partition.partition(), null, new byte[0]));
                }
            }
            producer.flush();
            sender.run();
            producer.abortTransaction();
        }
    }
}
