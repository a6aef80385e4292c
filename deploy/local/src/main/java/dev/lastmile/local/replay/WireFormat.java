package dev.lastmile.local.replay;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The genuine serializers over a registry of their own, which nobody else sees. */
final class WireFormat implements AutoCloseable {

    /** The serializers demand an address even when they are given a client. */
    private static final Map<String, Object> SETTINGS = Map.of(
            "schema.registry.url", "mock://replay", "avro.remove.java.properties", true, "specific.avro.reader", true);

    private final SchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final KafkaAvroSerializer serializer = new KafkaAvroSerializer(registry);
    private final KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer(registry);

    WireFormat() {
        serializer.configure(SETTINGS, false);
        deserializer.configure(SETTINGS, false);
    }

    SchemaRegistryClient registry() {
        return registry;
    }

    byte[] write(String topic, SpecificRecord event) {
        return write(topic, (Object) event);
    }

    byte[] write(String topic, Object event) {
        byte[] bytes = serializer.serialize(topic, event);
        if (bytes == null) {
            throw new IllegalStateException("an event became null on " + topic);
        }
        return bytes;
    }

    <T> T read(String topic, byte[] bytes, Class<T> type) {
        return type.cast(deserializer.deserialize(topic, bytes));
    }

    @Override
    public void close() {
        serializer.close();
        deserializer.close();
    }
}
