package dev.lastmile.benchmarks.throughput.contestant;

import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.TrustedRecords;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;

/** Settings that all contestants share. */
public final class Clients {

    public static final String INFERENCES = Topics.inferences(Load.CUSTOMER);
    public static final String TRUTHS = Topics.groundTruth(Load.CUSTOMER);
    static final List<String> TOPICS = List.of(INFERENCES, TRUTHS);

    private Clients() {}

    /** Of Confluent's client, into generated classes. */
    public static KafkaAvroDeserializer deserializer(String registryUrl) {
        TrustedRecords.trust();
        KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();
        Map<String, Object> properties = new HashMap<>();
        properties.put(AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG, registryUrl);
        properties.put(KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG, true);
        deserializer.configure(properties, false);
        return deserializer;
    }

    /** Exactly once, one thread, a commit a second. */
    static Properties streams(Stage stage) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, stage.application());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, stage.bootstrapServers());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stage.state().toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
        properties.put(
                StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArray().getClass());
        properties.put(
                StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG,
                Serdes.ByteArray().getClass());
        return properties;
    }
}
