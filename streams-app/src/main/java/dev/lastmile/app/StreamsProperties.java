package dev.lastmile.app;

import dev.lastmile.topology.BoundedRocksMemory;
import dev.lastmile.topology.damage.Damages;
import dev.lastmile.topology.waiting.JoinStore;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;

/** A configuration as Kafka's libraries want it. */
final class StreamsProperties {

    /** A new customer's topics are found within this time; Kafka's own default is five minutes. */
    private static final int TOPICS_FOUND_WITHIN_MS = 10_000;

    /** Reading of a partition pauses above this. Customers' records come in bundles, which count as one. */
    private static final int MOST_WAITING_IN_A_PARTITION = 32;

    /** Of the heap, what was read and is not worked off yet may take, and what is to be sent likewise; all threads together. */
    private static final int READ_AHEAD_OF_HEAP = 16;

    /** Of the heap, what one answer of a broker may take, of which each consumer has a few. Kafka's own default is the most. */
    private static final int FETCHED_OF_HEAP = 32;

    private static final long MOST_FETCHED_BYTES = 50L << 20;
    private static final long MOST_TO_BE_SENT_BYTES = 32L << 20;
    private static final long LEAST_BYTES = 1L << 20;

    private StreamsProperties() {}

    /** So many bytes of customers' records a thread reads before it has worked some off; one poll comes on top. */
    static long readAheadBytes(Configuration configuration) {
        return ofHeap(READ_AHEAD_OF_HEAP * configuration.state().threads(), Long.MAX_VALUE);
    }

    private static long ofHeap(int part, long most) {
        return Math.min(most, Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / part));
    }

    /**
     * Defaults that may be changed, then what the configuration passes through, then what may not be changed.
     *
     * @param damages told of stores that cannot be read or written
     */
    static Properties of(Configuration configuration, Damages damages) {
        Properties properties = new Properties();
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                configuration.drainInterval().toMillis());
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, MOST_WAITING_IN_A_PARTITION);
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.METADATA_MAX_AGE_CONFIG), TOPICS_FOUND_WITHIN_MS);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, (int) ofHeap(FETCHED_OF_HEAP, MOST_FETCHED_BYTES));
        properties.put(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                ofHeap(READ_AHEAD_OF_HEAP * configuration.state().threads(), MOST_TO_BE_SENT_BYTES));

        properties.putAll(configuration.kafka().properties());

        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, configuration.applicationId());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                configuration.state().directory().toAbsolutePath().toString());
        properties.put(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG, configuration.state().threads());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int)
                configuration.topics().replicationFactor());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksMemory.class);
        properties.put(
                BoundedRocksMemory.MEMORY_BYTES,
                Long.toString(configuration.state().memory().bytes()));
        properties.put(
                JoinStore.INDEX_BYTES,
                Long.toString(configuration.state().index().bytes()));
        properties.put(Damages.CONFIG, damages);
        // A node that forgets its own serde fails at its first record instead of guessing.
        properties.put(
                StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArray().getClass());
        properties.put(
                StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG,
                Serdes.ByteArray().getClass());
        return properties;
    }

    /** For the administrative client: what the configuration passes through, without what is meant for others. */
    static Properties ofAdmin(Configuration configuration) {
        Properties properties = new Properties();
        configuration.kafka().properties().forEach((key, value) -> {
            if (AdminClientConfig.configNames().contains(key)) {
                properties.put(key, value);
            }
        });
        configuration.kafka().properties().forEach((key, value) -> {
            if (key.startsWith(StreamsConfig.ADMIN_CLIENT_PREFIX)) {
                properties.put(key.substring(StreamsConfig.ADMIN_CLIENT_PREFIX.length()), value);
            }
        });
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, configuration.applicationId() + "-topics");
        return properties;
    }

    /** For a producer that says one thing: what the configuration passes through, without what is meant for others. */
    static Properties ofProducer(Configuration configuration) {
        Properties properties = new Properties();
        configuration.kafka().properties().forEach((key, value) -> {
            if (ProducerConfig.configNames().contains(key)) {
                properties.put(key, value);
            }
        });
        configuration.kafka().properties().forEach((key, value) -> {
            if (key.startsWith(StreamsConfig.PRODUCER_PREFIX)) {
                properties.put(key.substring(StreamsConfig.PRODUCER_PREFIX.length()), value);
            }
        });
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, configuration.applicationId() + "-commands");
        return properties;
    }
}
