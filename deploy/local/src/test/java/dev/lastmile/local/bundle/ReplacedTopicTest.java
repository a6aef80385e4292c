package dev.lastmile.local.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.app.Configuration;
import dev.lastmile.app.End;
import dev.lastmile.app.Monitor;
import dev.lastmile.local.broker.EmbeddedBroker;
import dev.lastmile.local.registry.EmbeddedRegistry;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.publisher.LastmilePublisher;
import dev.lastmile.schema.publisher.PublisherSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The monitor on a real broker, of which somebody deletes a topic and makes it anew, with more records than were read of the old one. */
final class ReplacedTopicTest {

    private static final String APPLICATION_ID = "watch";
    private static final String CUSTOMER = "st-marys";
    private static final String INFERENCES = Topics.inferences(CUSTOMER);
    private static final int PARTITIONS = 2;
    private static final int BEFORE = 40;
    private static final int AFTER = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path directory;
    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;
    private Admin admin;

    ReplacedTopicTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        registry = EmbeddedRegistry.start();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        broker.createCustomerTopics(CUSTOMER, PARTITIONS);
        publish(0, BEFORE, true);
    }

    @AfterEach
    void stop() {
        admin.close();
        registry.close();
        broker.close();
    }

    /** Brokers delete the offsets of a topic with it, unless the one that keeps them does not hear of it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itEndsAtTheStartWithExitCode2UntilOffsetsAreReset(boolean offsetsSurvive) throws Exception {
        try (Monitor monitor = monitor()) {
            awaitRead(monitor, 2L * BEFORE);
        }
        Map<TopicPartition, OffsetAndMetadata> committed = offsets();
        committed.keySet().removeIf(partition -> !partition.topic().equals(INFERENCES));
        makeAnew(INFERENCES);
        publish(BEFORE, AFTER, false);
        if (offsetsSurvive) {
            set(committed);
        }

        for (int start = 0; start < 2; start++) {
            try (Monitor monitor = monitor()) {
                assertThatItEnds(monitor);
            }
        }

        Map<TopicPartition, OffsetAndMetadata> earliest = new HashMap<>();
        committed.keySet().forEach(partition -> earliest.put(partition, new OffsetAndMetadata(0)));
        set(earliest);
        try (Monitor monitor = monitor()) {
            awaitRead(monitor, (long) BEFORE + AFTER);
        }
        try (Monitor monitor = monitor()) {
            publish(BEFORE + AFTER, 10, true);
            awaitRead(monitor, (long) BEFORE + AFTER + 20);
        }
    }

    @Test
    void itEndsAlsoWhileItRuns() throws Exception {
        try (Monitor monitor = monitor()) {
            awaitRead(monitor, 2L * BEFORE);
            makeAnew(INFERENCES);
            publish(BEFORE, AFTER, false);

            assertThatItEnds(monitor);
        }
    }

    @Test
    void aCustomerWhoLeftAndCameBackIsReadFromTheBeginning() throws Exception {
        try (Monitor monitor = monitor()) {
            awaitRead(monitor, 2L * BEFORE);
        }
        makeAnew(INFERENCES);
        makeAnew(Topics.groundTruth(CUSTOMER));
        publish(BEFORE, AFTER, true);

        try (Monitor monitor = monitor()) {
            awaitRead(monitor, 2L * AFTER);
        }
    }

    private static void assertThatItEnds(Monitor monitor) throws Exception {
        End end = monitor.ended().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(end.exitCode()).isEqualTo(End.BAD_CONFIGURATION);
        assertThat(end.line())
                .startsWith("kafka: topic " + INFERENCES + " was made anew: what was read of it had the id ");
    }

    /** So far, for good, and no further. */
    private void awaitRead(Monitor monitor, long records) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            assertThat(monitor.ended()).as("it goes on").isNotDone();
            long read = offsets().values().stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
            assertThat(read).isLessThanOrEqualTo(records);
            return read == records;
        });
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed =
                new HashMap<>(get(admin.listConsumerGroupOffsets(APPLICATION_ID).partitionsToOffsetAndMetadata()));
        // Customers' producers use no transactions here, so offsets count records.
        committed.keySet().removeIf(partition -> Topics.customerOf(partition.topic())
                .isEmpty());
        return committed;
    }

    /** As Kafka's tool does, once nobody is in the group any more: a thread that dies of a refusal does not leave it. */
    private void set(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> get(admin.alterConsumerGroupOffsets(APPLICATION_ID, offsets)
                                .all())
                        == null);
    }

    private void makeAnew(String topic) throws Exception {
        get(admin.deleteTopics(List.of(topic)).all());
        NewTopic again =
                new NewTopic(topic, PARTITIONS, (short) 1).configs(Map.of("message.timestamp.type", "LogAppendTime"));
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> get(admin.createTopics(List.of(again)).all()) == null);
    }

    private static <T> T get(KafkaFuture<T> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    private void publish(int from, int count, boolean withTruths) {
        Instant now = Instant.now();
        List<CompletableFuture<?>> sent = new ArrayList<>();
        try (LastmilePublisher publisher =
                new LastmilePublisher(PublisherSettings.of(CUSTOMER, broker.bootstrapServers(), registry.url()))) {
            for (int number = from; number < from + count; number++) {
                sent.add(publisher.publish(InferenceEvent.newBuilder()
                        .setDeployment("ward-7")
                        .setModelVersion("v1")
                        .setInferenceId("i" + number)
                        .setOccurredAt(now)
                        .setAttributes(Map.of())
                        .setOutput(new Label("yes"))
                        .build()));
                if (withTruths) {
                    sent.add(publisher.publish(GroundTruthEvent.newBuilder()
                            .setDeployment("ward-7")
                            .setInferenceId("i" + number)
                            .setObservedAt(now)
                            .setTruth(new Label("yes"))
                            .build()));
                }
            }
            sent.forEach(CompletableFuture::join);
        }
    }

    private Monitor monitor() throws Exception {
        Map<String, Object> tree = new HashMap<>();
        tree.put("applicationId", APPLICATION_ID);
        tree.put(
                "kafka",
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "session.timeout.ms",
                        "6000",
                        "heartbeat.interval.ms",
                        "1000"));
        tree.put("registry", Map.of("url", registry.url()));
        tree.put("state", Map.of("directory", directory.resolve("state").toString()));
        tree.put("http", Map.of("port", 0));
        tree.put(
                "deployments",
                List.of(Map.of("customer", "*", "deployment", "*", "metric", "error_rate", "dimensions", List.of())));
        // JSON is YAML too.
        return Monitor.start(
                Configuration.parse("test", new ObjectMapper().writeValueAsString(tree), directory, Map.of()));
    }
}
