package dev.lastmile.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The genuine Confluent serializer and deserializer over a registry inside this process. */
@NullMarked
class WireTest {

    private static final String SCOPE = "wire-test";
    private static final Map<String, Object> SETTINGS =
            Map.of("schema.registry.url", "mock://" + SCOPE, "avro.remove.java.properties", true);

    private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();
    private SchemaRegistryClient registry = MockSchemaRegistry.getClientForScope(SCOPE);

    static Stream<SpecificRecord> events() {
        return Stream.of(
                Examples.inference().build(),
                Examples.inference().setOutput(null).clearOtherOutputs().build(),
                Examples.inference().setOutput(new ErrorCounts(3L, 7L)).build(),
                Examples.groundTruth().build(),
                Examples.groundTruth().setTruth(new Label("fraud")).build(),
                Examples.groundTruth().setTruth(new Quantity(-0.5)).build(),
                Examples.statistics(),
                Examples.alert(),
                Examples.deadLetter());
    }

    @BeforeEach
    void configure() {
        registry = MockSchemaRegistry.getClientForScope(SCOPE);
        serializer.configure(SETTINGS, false);
    }

    @AfterEach
    void dropRegistry() {
        serializer.close();
        MockSchemaRegistry.dropScope(SCOPE);
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventComesBackAsTheSameSpecificRecord(SpecificRecord event) {
        TrustedRecords.trust();
        String topic = topicOf(event);

        byte[] bytes = serializer.serialize(topic, event);

        assertThat(specific().deserialize(topic, bytes)).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventComesBackAsAGenericRecordOfTheContractInItsFile(SpecificRecord event) {
        String topic = topicOf(event);

        byte[] bytes = serializer.serialize(topic, event);

        GenericRecord generic = (GenericRecord) generic().deserialize(topic, bytes);
        assertThat(generic.getSchema())
                .isEqualTo(Contracts.today(event.getSchema().getName()));
    }

    @Test
    void aRecordIsAZeroByteTheSchemaIdAndTheDatum() throws Exception {
        String topic = Topics.inferences("st-marys");

        byte[] bytes = serializer.serialize(topic, Examples.inference().build());

        int id = registry.getId(Topics.valueSubject(topic), new AvroSchema(Contracts.today("InferenceEvent")));
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        assertThat(frame.get()).isZero();
        assertThat(frame.getInt()).isEqualTo(id);
        byte[] datum = new byte[frame.remaining()];
        frame.get(datum);
        assertThat(datum).startsWith(12, 'w', 'a', 'r', 'd', '-', '7');
    }

    @Test
    void timesAreMillisecondsOnTheWire() {
        String topic = Topics.inferences("st-marys");

        byte[] bytes = serializer.serialize(topic, Examples.inference().build());

        GenericRecord generic = (GenericRecord) generic().deserialize(topic, bytes);
        assertThat(generic.get("occurred_at"))
                .isEqualTo(Instant.parse("2026-11-02T12:00:00.123Z").toEpochMilli());
    }

    @Test
    void aMinimalEventOfAnotherLanguageHasTheDefaults() {
        TrustedRecords.trust();
        String topic = Topics.groundTruth("st-marys");
        GenericRecord foreign =
                new GenericData.Record(Contracts.parse("{\"type\":\"record\",\"name\":\"GroundTruthEvent\","
                        + "\"namespace\":\"dev.lastmile.schema\",\"fields\":[{\"name\":\"deployment\",\"type\":\"string\"},"
                        + "{\"name\":\"inference_id\",\"type\":\"string\"},{\"name\":\"observed_at\",\"type\":\"long\"},"
                        + "{\"name\":\"truth\",\"type\":{\"type\":\"record\",\"name\":\"Label\",\"fields\":["
                        + "{\"name\":\"value\",\"type\":\"string\"}]}}]}"));
        foreign.put("deployment", "ward-7");
        foreign.put("inference_id", "inf-1");
        foreign.put("observed_at", 1_000L);
        GenericRecord label =
                new GenericData.Record(foreign.getSchema().getField("truth").schema());
        label.put("value", "fraud");
        foreign.put("truth", label);

        byte[] bytes = serializer.serialize(topic, foreign);

        assertThat(specific().deserialize(topic, bytes))
                .isEqualTo(new GroundTruthEvent(
                        "ward-7", "inf-1", Instant.ofEpochMilli(1_000), new Label("fraud"), 0, null));
    }

    @Test
    void specificRecordsAreForbiddenUntilTheyAreTrusted() throws Exception {
        ClassSecurityValidator.ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        // A reader remembers the classes it has found: only one with a memory of its own is sure to ask.
        SpecificDatumReader<SliceTerm> reader =
                new SpecificDatumReader<>(SliceTerm.getClassSchema(), SliceTerm.getClassSchema(), new SpecificData());
        byte[] datum = {4, 'i', 'd', 2, 'x'};
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.DEFAULT);
        try {
            assertThatThrownBy(() -> reader.read(null, DecoderFactory.get().binaryDecoder(datum, null)))
                    .isInstanceOf(SecurityException.class)
                    .hasMessageStartingWith("Forbidden");

            TrustedRecords.trust();

            assertThat(reader.read(null, DecoderFactory.get().binaryDecoder(datum, null)))
                    .isEqualTo(new SliceTerm("id", "x"));
        } finally {
            ClassSecurityValidator.setGlobal(before);
        }
    }

    @Test
    void trustAddsEveryTypeOfTheContractsAndNothingElse() {
        TrustedRecords.trust();

        ClassSecurityValidator.ClassSecurityPredicate trusted = ClassSecurityValidator.getGlobal();
        assertThat(Stream.of(
                        InferenceEvent.class,
                        GroundTruthEvent.class,
                        Transcript.class,
                        Label.class,
                        Quantity.class,
                        ErrorCounts.class,
                        SliceStatisticsEvent.class,
                        SliceTerm.class,
                        AlertEvent.class,
                        AlertKind.class,
                        AlertStatus.class,
                        DeadLetterEvent.class,
                        DeadLetterReason.class))
                .allMatch(trusted::isTrusted);
        assertThat(trusted.isTrusted(Topics.class)).isFalse();
        assertThat(trusted.isTrusted(ProcessBuilder.class)).isFalse();
    }

    private static KafkaAvroDeserializer generic() {
        return deserializer(false);
    }

    private static KafkaAvroDeserializer specific() {
        return deserializer(true);
    }

    private static KafkaAvroDeserializer deserializer(boolean specific) {
        KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();
        deserializer.configure(
                Map.of("schema.registry.url", "mock://" + SCOPE, "specific.avro.reader", specific), false);
        return deserializer;
    }

    private static String topicOf(SpecificRecord event) {
        return switch (event.getSchema().getName()) {
            case "InferenceEvent" -> Topics.inferences("st-marys");
            case "GroundTruthEvent" -> Topics.groundTruth("st-marys");
            case "SliceStatisticsEvent" -> Topics.sliceStatistics("st-marys");
            case "AlertEvent" -> Topics.alerts("st-marys");
            default -> Topics.deadLetters("st-marys");
        };
    }
}
