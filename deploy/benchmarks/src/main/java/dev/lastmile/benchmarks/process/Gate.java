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
public final class Gate implements AutoCloseable {

    /** The longest that a broker allows by default: a load has to be sent within it. */
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final KafkaProducer<byte[], byte[]> producer;

    private Gate(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Shuts all partitions of these topics. */
    public static Gate shut(String bootstrapServers, List<String> topics) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "transactional.id",
                "gate",
                "transaction.timeout.ms",
                Math.toIntExact(LIMIT.toMillis()));
        Gate gate = new Gate(new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
        try {
            gate.begin(topics);
            return gate;
        } catch (RuntimeException e) {
            gate.producer.close();
            throw e;
        }
    }

    private void begin(List<String> topics) {
        producer.initTransactions();
        producer.beginTransaction();
        for (String topic : topics) {
            for (PartitionInfo partition : producer.partitionsFor(topic)) {
                // A failure shows when the transaction is ended.
                var unused = producer.send(new ProducerRecord<>(topic, partition.partition(), null, new byte[0]));
            }
        }
        producer.flush();
    }

    /** Opens it, once. */
    void open() {
        producer.abortTransaction();
    }

    /** Where it was not opened, it opens when the limit is over. */
    @Override
    public void close() {
        producer.close();
    }
}
