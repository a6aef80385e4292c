package dev.lastmile.topology.serde;

import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Quantity;
import dev.lastmile.schema.TrustedRecords;
import dev.lastmile.topology.Intake;
import dev.lastmile.topology.SourceRecord;
import dev.lastmile.topology.SourceTopic;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A customer's bytes, and the decoder that reads them. */
@NullMarked
final class Wire {

    static final String INFERENCES = "lastmile.st-marys.inferences.v1";
    static final String TRUTHS = "lastmile.st-marys.ground-truth.v1";
    static final int MAX_BYTES = 64 << 10;
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
    private final KafkaAvroSerializer serializer;
    private final AvroEventDecoder decoder;

    static {
        TrustedRecords.trust();
    }

    Wire() {
        serializer = new KafkaAvroSerializer(registry, Map.of("schema.registry.url", "mock://unused"));
        decoder = new AvroEventDecoder(new RegistrySchemas(registry, System::nanoTime), MAX_BYTES);
    }

    static InferenceEvent.Builder inference() {
        return InferenceEvent.newBuilder()
                .setDeployment("ward-7")
                .setModelVersion("v1")
                .setInferenceId("i1")
                .setOccurredAt(NOON)
                .setAttributes(Map.of("accent", "scottish"))
                .setOutput(new Label("yes"));
    }

    static GroundTruthEvent.Builder truth() {
        return GroundTruthEvent.newBuilder()
                .setDeployment("ward-7")
                .setInferenceId("i1")
                .setObservedAt(NOON)
                .setTruth(new Quantity(1.5))
                .setRevision(2);
    }

    byte[] bytes(InferenceEvent event) {
        return serializer.serialize(INFERENCES, event);
    }

    byte[] bytes(GroundTruthEvent event) {
        return serializer.serialize(TRUTHS, event);
    }

    int register(String topic, Schema schema) {
        try {
            return registry.register(topic + "-value", new AvroSchema(schema));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RestClientException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] framed(int schemaId, byte[] datum) {
        return ByteBuffer.allocate(5 + datum.length)
                .put((byte) 0)
                .putInt(schemaId)
                .put(datum)
                .array();
    }

    Intake decode(String topic, byte @Nullable [] value) {
        return decode(topic, "i1".getBytes(StandardCharsets.UTF_8), value);
    }

    Intake decode(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        return decoder.decode(new SourceRecord(SourceTopic.of(topic), 0, 0, NOON.toEpochMilli(), key, value));
    }
}
