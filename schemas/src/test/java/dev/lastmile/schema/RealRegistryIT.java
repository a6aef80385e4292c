package dev.lastmile.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contracts and Confluent's client against a real registry; each test has customers, and so subjects, of its own. */
@NullMarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealRegistryIT {

    private static final int NEVER_GIVEN = 424_242;

    private @Nullable RegistryServer started;

    static Stream<SpecificRecord> events() {
        return Stream.of(
                Examples.inference().build(),
                Examples.groundTruth().build(),
                Examples.statistics(),
                Examples.alert(),
                Examples.deadLetter());
    }

    @BeforeAll
    void startRegistry() throws Exception {
        TrustedRecords.trust();
        started = RegistryServer.start();
        HttpResponse<String> set = server().send("PUT", "/config", "{\"compatibility\":\"BACKWARD\"}");
        assertThat(set.statusCode()).isEqualTo(200);
    }

    @AfterAll
    void stopRegistry() {
        if (started != null) {
            started.close();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyContractIsRegisteredUnderItsSubjectAndFoundByItsId(SpecificRecord event) throws Exception {
        Schema today = Contracts.today(event.getSchema().getName());
        String subject = "registers-" + today.getName() + "-value";

        int id = client().register(subject, new AvroSchema(today));

        assertThat(client().getAllSubjects()).contains(subject);
        assertThat(((AvroSchema) client().getSchemaById(id)).rawSchema()).isEqualTo(today);
        assertThat(client().register(subject, new AvroSchema(today))).isEqualTo(id);
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventMakesTheRoundTripOverTheRealRegistry(SpecificRecord event) {
        String topic = "lastmile.round-trip." + event.getSchema().getName() + ".v1";
        byte[] bytes;
        try (KafkaAvroSerializer serializer = serializer()) {
            bytes = serializer.serialize(topic, event);
        }

        try (KafkaAvroDeserializer deserializer = deserializer()) {
            assertThat(deserializer.deserialize(topic, bytes)).isEqualTo(event);
        }
    }

    @Test
    void aCompatibleChangeBecomesTheNextVersion() throws Exception {
        String subject = Topics.valueSubject(Topics.inferences("grows"));
        Schema future = Contracts.parse(Path.of("src/test/resources/future/InferenceEvent.avsc"));
        client().register(subject, new AvroSchema(Contracts.today("InferenceEvent")));

        client().register(subject, new AvroSchema(future));

        assertThat(client().getAllVersions(subject)).hasSize(2);
    }

    @Test
    void anIncompatibleChangeIsRefused() throws Exception {
        String subject = Topics.valueSubject(Topics.groundTruth("breaks"));
        Schema today = Contracts.today("GroundTruthEvent");
        Schema planted = Contracts.parse(today.toString().replace("\"observed_at\"", "\"seen_at\""));
        client().register(subject, new AvroSchema(today));

        assertThatThrownBy(() -> client().register(subject, new AvroSchema(planted)))
                .isInstanceOfSatisfying(RestClientException.class, refusal -> assertThat(refusal.getStatus())
                        .isEqualTo(409));
        assertThat(client().getAllVersions(subject)).hasSize(1);
    }

    @Test
    void anUnknownIdIsNotFound() {
        assertThatThrownBy(() -> client().getSchemaById(NEVER_GIVEN))
                .isInstanceOfSatisfying(RestClientException.class, refusal -> {
                    assertThat(refusal.getStatus()).isEqualTo(404);
                    assertThat(refusal.getErrorCode()).isEqualTo(40403);
                });
    }

    @Test
    void aRecordOfAnUnknownIdIsRefusedByTheDeserializer() {
        byte[] bytes = ByteBuffer.allocate(6)
                .put((byte) 0)
                .putInt(NEVER_GIVEN)
                .put((byte) 2)
                .array();

        try (KafkaAvroDeserializer deserializer = deserializer()) {
            assertThatThrownBy(() -> deserializer.deserialize(Topics.inferences("garbage"), bytes))
                    .isInstanceOf(SerializationException.class)
                    .hasRootCauseInstanceOf(RestClientException.class);
        }
    }

    @Test
    void garbageBytesAreRefusedWithoutAskingTheRegistry() {
        byte[] bytes = {'g', 'a', 'r', 'b', 'a', 'g', 'e'};

        try (KafkaAvroDeserializer deserializer = deserializer()) {
            assertThatThrownBy(() -> deserializer.deserialize(Topics.inferences("garbage"), bytes))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("magic byte");
        }
    }

    @Test
    void aTruncatedDatumIsRefused() {
        String topic = Topics.inferences("truncated");
        byte[] whole;
        try (KafkaAvroSerializer serializer = serializer()) {
            whole = serializer.serialize(topic, Examples.inference().build());
        }
        byte[] part = ByteBuffer.allocate(20).put(whole, 0, 20).array();

        try (KafkaAvroDeserializer deserializer = deserializer()) {
            assertThatThrownBy(() -> deserializer.deserialize(topic, part)).isInstanceOf(SerializationException.class);
        }
    }

    private RegistryServer server() {
        if (started == null) {
            throw new IllegalStateException("the registry was not started");
        }
        return started;
    }

    /** A new one each time, so that nothing is answered from its cache. */
    private SchemaRegistryClient client() {
        return new CachedSchemaRegistryClient(server().url(), 100);
    }

    private KafkaAvroSerializer serializer() {
        KafkaAvroSerializer serializer = new KafkaAvroSerializer();
        serializer.configure(Map.of("schema.registry.url", server().url(), "avro.remove.java.properties", true), false);
        return serializer;
    }

    private KafkaAvroDeserializer deserializer() {
        KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();
        deserializer.configure(Map.of("schema.registry.url", server().url(), "specific.avro.reader", true), false);
        return deserializer;
    }
}
