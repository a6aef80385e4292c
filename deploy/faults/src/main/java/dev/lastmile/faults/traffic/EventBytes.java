package dev.lastmile.faults.traffic;

import dev.lastmile.faults.oracle.OracleRecord;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.Map;

/** Events as a customer with Confluent's client writes them. */
public final class EventBytes implements AutoCloseable {

    private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();

    /** By schemas of that registry. */
    public EventBytes(String registryUrl) {
        serializer.configure(Map.of("schema.registry.url", registryUrl, "avro.remove.java.properties", true), false);
    }

    byte[] of(OracleRecord record) {
        return serializer.serialize(Events.topicOf(record), Events.eventOf(record));
    }

    @Override
    public void close() {
        serializer.close();
    }
}
