package dev.lastmile.faults.attack;

import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.traffic.Stranger;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.TrustedRecords;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes them one by one. */
final class HostileRecords implements AutoCloseable {

    static {
        TrustedRecords.trust();
    }

    private static final String TOPIC = Topics.inferences(Stranger.CUSTOMER);
    /** With what Kafka adds below the 1,048,588 bytes of a broker's default. */
    private static final int HUGE_BYTES = 1_040_000;

    private static final int REPLAYED = 100;
    private static final long[] ABSURD_MS = {
        0, Instant.parse("2100-01-01T00:00:00Z").toEpochMilli(), Long.MAX_VALUE, Long.MIN_VALUE
    };

    private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();
    private final Attack attack;
    private final SplittableRandom random;
    private final int otherSchema;

    HostileRecords(Attack attack, String registryUrl, long seed) {
        this.attack = attack;
        this.random = new SplittableRandom(seed);
        serializer.configure(Map.of("schema.registry.url", registryUrl, "avro.remove.java.properties", true), false);
        otherSchema = registerForAnotherTopic(registryUrl);
    }

    /** A schema by which its events could be read, but not of its topic. */
    private static int registerForAnotherTopic(String registryUrl) {
        String contract = InferenceEvent.getClassSchema().toString();
        try (SchemaRegistryClient registry = new CachedSchemaRegistryClient(registryUrl, 1)) {
            return registry.register(
                    "another-topic-value",
                    new AvroSchema(contract.replaceFirst("\"doc\":\"", "\"doc\":\"Another's. ")));
        } catch (IOException | RestClientException e) {
            throw new IllegalStateException("the registry takes no schema", e);
        }
    }

    ProducerRecord<byte[], byte[]> next(long number) {
        long nowMs = OracleStream.START_MS + number;
        byte[] key = attack.id(number).getBytes(StandardCharsets.UTF_8);
        return switch (attack) {
            case ABSURD_TIMES -> {
                long occurredMs = ABSURD_MS[random.nextInt(ABSURD_MS.length)];
                long appendMs = random.nextBoolean() ? nowMs : random.nextLong(System.currentTimeMillis());
                yield new ProducerRecord<>(TOPIC, null, appendMs, key, good(number, "v", occurredMs, Map.of()));
            }
            case GARBAGE_FLOOD -> {
                byte[] garbage = new byte[random.nextInt(300)];
                random.nextBytes(garbage);
                yield new ProducerRecord<>(TOPIC, null, nowMs, key, garbage);
            }
            case CARDINALITY -> {
                Map<String, String> attributes = new HashMap<>();
                attributes.put("a", "value " + random.nextLong());
                attributes.put("b", "value " + random.nextLong());
                attributes.put("dimension " + random.nextLong(), "x");
                yield new ProducerRecord<>(
                        TOPIC, null, nowMs, key, good(number, "v" + random.nextLong(), nowMs, attributes));
            }
            case SCHEMA_TRICKS -> {
                byte[] value = good(number, "v", nowMs, Map.of());
                int schema = random.nextBoolean() ? random.nextInt() : otherSchema;
                ByteBuffer.wrap(value).putInt(1, schema);
                yield new ProducerRecord<>(TOPIC, null, nowMs, key, value);
            }
            case HUGE_RECORDS -> {
                byte[] huge = new byte[HUGE_BYTES];
                random.nextBytes(huge);
                yield new ProducerRecord<>(TOPIC, null, nowMs, key, huge);
            }
            case REPLAY -> {
                long again = number % REPLAYED;
                yield new ProducerRecord<>(
                        TOPIC,
                        null,
                        nowMs,
                        attack.id(again).getBytes(StandardCharsets.UTF_8),
                        good(again, "v", OracleStream.START_MS, Map.of()));
            }
            case HUNG_TRANSACTION, FIFTY_TIMES_THE_RATE ->
                new ProducerRecord<>(TOPIC, null, nowMs, key, good(number, "v", nowMs, Map.of("a", "1", "b", "2")));
        };
    }

    private byte[] good(long number, String version, long occurredMs, Map<String, String> attributes) {
        return serializer.serialize(TOPIC, event(number, version, occurredMs, attributes));
    }

    private InferenceEvent event(long number, String version, long occurredMs, Map<String, String> attributes) {
        return InferenceEvent.newBuilder()
                .setDeployment(Stranger.DEPLOYMENT)
                .setModelVersion(version)
                .setInferenceId(attack.id(number))
                .setOccurredAt(Instant.ofEpochMilli(occurredMs))
                .setAttributes(attributes)
                .setOutput(new Label("yes"))
                .build();
    }

    @Override
    public void close() {
        serializer.close();
    }
}
