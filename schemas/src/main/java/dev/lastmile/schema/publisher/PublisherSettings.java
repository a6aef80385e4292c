package dev.lastmile.schema.publisher;

import dev.lastmile.schema.Topics;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializerConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Where and as whom a publisher sends.
 *
 * @param customer the tenant's id, {@code [a-z0-9-]{1,32}}, as agreed with the operator
 * @param bootstrapServers Kafka's, {@code host:port} separated by commas
 * @param registryUrl the schema registry's, or {@code mock://<scope>} for a registry inside this process
 * @param properties any further property of the Kafka producer or of the Confluent serializer, such as
 *     {@code security.protocol} or {@code basic.auth.user.info}; those that the contract decides are refused
 */
public record PublisherSettings(
        String customer, String bootstrapServers, String registryUrl, Map<String, String> properties) {

    /** What the contract or a component of this record decides: keys, their partition, values, and that nothing is lost or doubled. */
    private static final Set<String> DECIDED = Set.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG,
            AbstractKafkaSchemaSerDeConfig.VALUE_SUBJECT_NAME_STRATEGY,
            KafkaAvroSerializerConfig.AVRO_REMOVE_JAVA_PROPS_CONFIG);

    public PublisherSettings {
        require(Topics.isCustomer(customer), "customer must match [a-z0-9-]{1,32}");
        require(!bootstrapServers.isBlank(), "bootstrapServers must not be blank");
        require(!registryUrl.isBlank(), "registryUrl must not be blank");
        for (String name : properties.keySet()) {
            require(!DECIDED.contains(name), "property is decided by the contract or given otherwise: " + name);
        }
        properties = Map.copyOf(properties);
    }

    /** Settings without further properties. */
    public static PublisherSettings of(String customer, String bootstrapServers, String registryUrl) {
        return new PublisherSettings(customer, bootstrapServers, registryUrl, Map.of());
    }

    /** The same with one further property. */
    public PublisherSettings with(String name, String value) {
        Map<String, String> more = new HashMap<>(properties);
        more.put(name, value);
        return new PublisherSettings(customer, bootstrapServers, registryUrl, more);
    }

    /** Names the properties without their values: one may be a password. */
    @Override
    public String toString() {
        return "PublisherSettings[customer=" + customer + ", properties=" + properties.keySet() + "]";
    }

    Map<String, Object> producerProperties() {
        Map<String, Object> all = new HashMap<>();
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        all.putAll(properties);
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return all;
    }

    Map<String, Object> serializerProperties() {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG, registryUrl);
        // Register the contract as its file has it, so that customers in other languages meet the same schema.
        all.put(KafkaAvroSerializerConfig.AVRO_REMOVE_JAVA_PROPS_CONFIG, true);
        return all;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
