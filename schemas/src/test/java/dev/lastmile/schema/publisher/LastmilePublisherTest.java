package dev.lastmile.schema.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.schema.Examples;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.TrustedRecords;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything but the broker; the embedded-broker tests publish through it for real. */
class LastmilePublisherTest {

    private static final String REGISTRY = "mock://publisher-test";

    private PublisherSettings settings = PublisherSettings.of("st-marys", "127.0.0.1:9", REGISTRY);

    @BeforeEach
    void pointToABrokerThatIsNotThere() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings = PublisherSettings.of("st-marys", "127.0.0.1:" + socket.getLocalPort(), REGISTRY)
                    .with("max.block.ms", "200");
        }
        TrustedRecords.trust();
    }

    @AfterEach
    void dropRegistry() {
        MockSchemaRegistry.dropScope("publisher-test");
    }

    @Test
    void anInferenceIsARecordOfTheCustomersTopicKeyedByItsId() {
        InferenceEvent event =
                Examples.inference().setInferenceId("überweisung-1").build();
        try (EventEncoder encoder = new EventEncoder(settings)) {
            ProducerRecord<byte[], byte[]> sent = encoder.encode(event);

            assertThat(sent.topic()).isEqualTo("lastmile.st-marys.inferences.v1");
            assertThat(sent.key()).isEqualTo("überweisung-1".getBytes(StandardCharsets.UTF_8));
            assertThat(decoded(sent)).isEqualTo(event);
        }
    }

    @Test
    void aTruthHasTheKeyOfItsInference() {
        GroundTruthEvent event = Examples.groundTruth().build();
        try (EventEncoder encoder = new EventEncoder(settings)) {
            ProducerRecord<byte[], byte[]> sent = encoder.encode(event);

            assertThat(sent.topic()).isEqualTo(Topics.groundTruth("st-marys"));
            assertThat(sent.key())
                    .isEqualTo(encoder.encode(Examples.inference().build()).key());
            assertThat(decoded(sent)).isEqualTo(event);
        }
    }

    @Test
    void anInvalidEventIsRefusedBeforeAnythingIsSent() {
        try (LastmilePublisher publisher = new LastmilePublisher(settings)) {
            assertThatThrownBy(() -> publisher.publish(
                            Examples.inference().setConfidence(2.0).build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("confidence must be in [0, 1]: 2.0");
        }
        assertThat(subjects()).isEmpty();
    }

    @Test
    void aMissingBrokerFailsTheFutureAndNotTheCall() {
        try (LastmilePublisher publisher = new LastmilePublisher(settings)) {
            CompletableFuture<RecordMetadata> written =
                    publisher.publish(Examples.inference().build());

            assertThat(written)
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void anUnregisteredSchemaFailsTheFutureWhereRegistrationIsTheOperators() {
        PublisherSettings strict = settings.with("auto.register.schemas", "false");
        try (LastmilePublisher publisher = new LastmilePublisher(strict)) {
            CompletableFuture<RecordMetadata> written =
                    publisher.publish(Examples.groundTruth().build());

            assertThat(written)
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(SerializationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "partitioner.class",
                "key.serializer",
                "acks",
                "enable.idempotence",
                "value.subject.name.strategy"
            })
    void whatTheContractDecidesCannotBeSet(String property) {
        assertThatThrownBy(() -> settings.with(property, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("property is decided by the contract or given otherwise: " + property);
    }

    @Test
    void nothingIsLostOrDoubled() {
        assertThat(settings.producerProperties())
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.block.ms", "200");
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(settings.with("sasl.jaas.config", "password=hunter2"))
                .asString()
                .contains("sasl.jaas.config")
                .doesNotContain("hunter2");
    }

    @Test
    void aCustomerIdOutsideTheAlphabetIsRefused() {
        assertThatThrownBy(() -> PublisherSettings.of("St Marys", "localhost:9092", REGISTRY))
                .hasMessage("customer must match [a-z0-9-]{1,32}");
    }

    private static Object decoded(ProducerRecord<byte[], byte[]> sent) {
        try (KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer()) {
            deserializer.configure(Map.of("schema.registry.url", REGISTRY, "specific.avro.reader", true), false);
            return deserializer.deserialize(sent.topic(), sent.value());
        }
    }

    private static Iterable<String> subjects() {
        try {
            return MockSchemaRegistry.getClientForScope("publisher-test").getAllSubjects();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
