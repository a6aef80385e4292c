package dev.lastmile.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.schema.DeadLetterEvent;
import dev.lastmile.schema.DeadLetterReason;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.TrustedRecords;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaResponse;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputSchemasTest {

    static {
        TrustedRecords.trust();
    }

    private static final String CUSTOMER = "st-marys";
    private static final String LETTERS = Topics.deadLetters(CUSTOMER);

    private final Path directory;
    private Registry registry = new Registry();
    private String url = "http://registry:8081";
    private long nanos;
    private int waited;

    OutputSchemasTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** Can be away, and is asked for each record: it is not the client's memory that is tried. */
    private static final class Registry extends MockSchemaRegistryClient {
        private boolean isAway;
        private int asked;

        @Override
        public RegisterSchemaResponse registerWithResponse(
                String subject, ParsedSchema schema, boolean normalize, boolean propagateTags)
                throws RestClientException {
            asked++;
            if (isAway) {
                throw new RestClientException("switched off", 503, 50301);
            }
            return super.registerWithResponse(subject, schema, normalize, propagateTags);
        }
    }

    private Serializer<Object> serializer(Map<String, Object> settings) {
        KafkaAvroSerializer serializer = new KafkaAvroSerializer(registry);
        serializer.configure(settings, false);
        return serializer;
    }

    private OutputSchemas outputs() {
        return outputs(serializer(Map.of("schema.registry.url", "mock://x", "avro.remove.java.properties", true)));
    }

    private OutputSchemas outputs(Serializer<Object> registered) {
        Serializer<Object> patient = (topic, event) -> {
            waited++;
            return registered.serialize(topic, event);
        };
        return new OutputSchemas(registered, patient, url, directory.resolve("ids"), () -> nanos);
    }

    private static DeadLetterEvent letter(String inferenceId) {
        return DeadLetterEvent.newBuilder()
                .setReason(DeadLetterReason.BAD_AVRO)
                .setDetail("the bytes are not exactly one datum of their schema")
                .setCustomer(CUSTOMER)
                .setSourceTopic(Topics.inferences(CUSTOMER))
                .setSourcePartition(3)
                .setSourceOffset(70_000)
                .setSourceTimestamp(Instant.parse("2026-03-02T12:00:00Z"))
                .setDeployment(null)
                .setInferenceId(inferenceId)
                .setSchemaId(7)
                .setKey(ByteBuffer.wrap(new byte[] {1, 2}))
                .setPayload(ByteBuffer.wrap(new byte[300]))
                .setPayloadSha256("00")
                .setPayloadSize(300)
                .build();
    }

    @Test
    void onceACustomerIsTakenUpNothingThatItGetsNeedsTheRegistry() {
        OutputSchemas outputs = outputs();
        assertThat(outputs.lacks(CUSTOMER)).isEmpty();
        byte[] expected = serializer(Map.of("schema.registry.url", "mock://x", "avro.remove.java.properties", true))
                .serialize(LETTERS, letter("i1"));
        registry.isAway = true;

        assertThat(outputs.serialize(LETTERS, letter("i1"))).isEqualTo(expected);
        assertThat(outputs.lacks(CUSTOMER)).isEmpty();
        assertThat(waited).isZero();
    }

    @Test
    void aCustomerIsNotTakenUpWhileTheRegistryIsAwayAndItIsAskedOnceInAWhileForAllOfThem() {
        OutputSchemas outputs = outputs();
        registry.isAway = true;

        String first = outputs.lacks(CUSTOMER).orElseThrow();
        assertThat(first).contains(LETTERS);
        for (int customer = 0; customer < 100; customer++) {
            assertThat(outputs.lacks("c" + customer)).isPresent();
        }
        assertThat(outputs.lacks(CUSTOMER)).as("one line of the log").contains(first);
        assertThat(registry.asked).isEqualTo(1);

        registry.isAway = false;
        nanos += Duration.ofSeconds(5).toNanos();
        assertThat(outputs.lacks(CUSTOMER)).isEmpty();
    }

    @Test
    void aStartWhileTheRegistryIsAwayGoesByWhatItSaidLast() {
        assertThat(outputs().lacks(CUSTOMER)).isEmpty();
        byte[] expected = outputs().serialize(LETTERS, letter("i1"));
        registry.isAway = true;
        waited = 0;
        OutputSchemas again = outputs();

        assertThat(again.lacks(CUSTOMER)).isEmpty();
        again.refresh();

        assertThat(again.serialize(LETTERS, letter("i1"))).isEqualTo(expected);
        assertThat(waited).isZero();
    }

    @Test
    void aRegistryThatWasMadeAnewIsHeardOnceItIsBack() throws Exception {
        assertThat(outputs().lacks(CUSTOMER)).isEmpty();
        int before = idOf(outputs().serialize(LETTERS, letter("i1")));
        waited = 0;
        registry = new Registry();
        registry.register("another", new AvroSchema("\"string\""));
        registry.register("one-more", new AvroSchema("\"long\""));
        registry.isAway = true;
        OutputSchemas again = outputs();
        assertThat(again.lacks(CUSTOMER)).isEmpty();
        assertThat(idOf(again.serialize(LETTERS, letter("i1")))).isEqualTo(before);

        registry.isAway = false;
        nanos += Duration.ofSeconds(5).toNanos();
        again.refresh();

        assertThat(idOf(again.serialize(LETTERS, letter("i1")))).isGreaterThan(before);
        assertThat(waited).isZero();
    }

    /** Its ids are another's. */
    @Test
    void whatAnotherRegistrySaidIsNotBelieved() {
        assertThat(outputs().lacks(CUSTOMER)).isEmpty();
        registry.isAway = true;
        url = "http://another:8081";

        assertThat(outputs().lacks(CUSTOMER)).isPresent();
    }

    private static int idOf(byte[] written) {
        return ByteBuffer.wrap(written, 1, Integer.BYTES).getInt();
    }

    @Test
    void whereSettingsNameAnotherSchemaTheRegistrysSerializerWritesEachRecord() {
        Serializer<Object> other = (topic, event) -> new byte[] {0, 0, 0, 0, 1, 7};
        OutputSchemas outputs = outputs(other);
        assertThat(outputs.lacks(CUSTOMER)).isEmpty();

        assertThat(outputs.serialize(LETTERS, letter("i1"))).isEqualTo(new byte[] {0, 0, 0, 0, 1, 7});
        assertThat(waited).isEqualTo(1);
    }

    @Test
    void aFileThatIsNoneIsNoObstacle() throws Exception {
        Files.writeString(directory.resolve("ids"), "nonsense\n");

        assertThat(outputs().lacks(CUSTOMER)).isEmpty();
    }
}
