package dev.lastmile.faults.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.kit.EmbeddedTestBroker;
import dev.lastmile.faults.kit.TestBroker;
import dev.lastmile.faults.registry.Misbehaviour;
import dev.lastmile.faults.registry.ScriptedRegistry;
import dev.lastmile.local.broker.TopicProvisioning;
import dev.lastmile.local.registry.EmbeddedRegistry;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.TrustedRecords;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The registry fails while one customer sends more of a schema that nobody knows yet than may wait, beside another whose schemas are
 * known. The monitor is killed meanwhile.
 */
final class RegistryOutageTest {

    static {
        TrustedRecords.trust();
    }

    private static final String KNOWN = "known";
    private static final String NEW = "new";
    private static final int SENT_BEFORE = 20;
    private static final int SENT_MEANWHILE = 300;
    private static final int BACKLOG = 8_000;

    /** The share of a topic, what Kafka Streams has of a partition before it stops, and a poll. */
    private static final int MOST_WAITING = 1_000 + 33 * 64 + 1_000;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOKED_AT_FOR = Duration.ofSeconds(5);

    @Test
    void oneCustomerWaitsUnreadTheOtherIsCountedAndAKillInBetweenLosesNothing(@TempDir Path directory)
            throws Exception {
        try (TestBroker broker = EmbeddedTestBroker.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start();
                ScriptedRegistry scripted = ScriptedRegistry.before(registry.url());
                Customer known = new Customer(KNOWN, broker.bootstrapServers(), registry.url());
                Customer fresh = new Customer(NEW, broker.bootstrapServers(), registry.url())) {
            Path configuration = configuration(directory, broker.bootstrapServers(), scripted.url());

            try (ChildMonitor monitor = ChildMonitor.start(configuration, directory.resolve("first.log"))) {
                known.sendInferences(0, SENT_BEFORE);
                known.sendTruths(0, SENT_BEFORE);
                monitor.await(PATIENCE, () -> joined(monitor, KNOWN) == SENT_BEFORE);
                // Both are complete once the first records of one are counted: there is one look at all of them.
                scripted.misbehave(Misbehaviour.BROKEN);
                fresh.sendInferences(0, BACKLOG);
                monitor.await(PATIENCE, () -> held(monitor) == 1);
                monitor.await(PATIENCE, () -> undecided(monitor) >= 1_000);

                long waiting = undecided(monitor);
                int asked = scripted.misled();
                Thread.sleep(LOOKED_AT_FOR.toMillis());
                assertThat(scripted.misled() - asked)
                        .as("asked once a second")
                        .isBetween(1, (int) LOOKED_AT_FOR.toSeconds() + 2);
                assertThat(undecided(monitor)).isBetween(waiting, (long) MOST_WAITING);

                known.sendInferences(SENT_BEFORE, SENT_MEANWHILE);
                known.sendTruths(SENT_BEFORE, SENT_MEANWHILE);
                monitor.await(PATIENCE, () -> joined(monitor, KNOWN) == SENT_BEFORE + SENT_MEANWHILE);
                assertThat(failedThreads(monitor)).isZero();
                assertThat(held(monitor)).isEqualTo(1);
                assertThat(monitor.kill()).isTrue();
            }
            assertThat(Files.readString(directory.resolve("first.log")))
                    .as("one line for all of it")
                    .containsOnlyOnce("schema registry cannot be asked");

            scripted.misbehave(Misbehaviour.SILENT);
            try (ChildMonitor monitor = ChildMonitor.start(configuration, directory.resolve("second.log"))) {
                monitor.await(PATIENCE, () -> held(monitor) == 1);
                Thread.sleep(LOOKED_AT_FOR.toMillis());
                assertThat(undecided(monitor)).isBetween(1_000L, (long) MOST_WAITING);

                scripted.misbehave(null);
                fresh.sendTruths(0, BACKLOG);
                known.sendInferences(SENT_BEFORE + SENT_MEANWHILE, SENT_BEFORE);
                known.sendTruths(SENT_BEFORE + SENT_MEANWHILE, SENT_BEFORE);
                monitor.await(PATIENCE, () -> joined(monitor, NEW) == BACKLOG);
                monitor.await(PATIENCE, () -> joined(monitor, KNOWN) == 2 * SENT_BEFORE + SENT_MEANWHILE);

                monitor.await(PATIENCE, () -> undecided(monitor) == 0);
                assertThat(held(monitor)).isZero();
                assertThat(failedThreads(monitor)).isZero();
                assertThat(monitor.get("/metrics")).doesNotContain("lastmile_dead_letters_total{");
            }
        }
    }

    private static long joined(ChildMonitor monitor, String customer) throws Exception {
        return sum(
                monitor,
                "lastmile_records_total\\{customer=\"" + customer
                        + "\",deployment=\"ward\",disposition=\"inference_joined\",?}");
    }

    private static long undecided(ChildMonitor monitor) throws Exception {
        return sum(monitor, "lastmile_records_undecided\\{[^}]*}");
    }

    private static long held(ChildMonitor monitor) throws Exception {
        return sum(monitor, "lastmile_partitions_held");
    }

    private static long failedThreads(ChildMonitor monitor) throws Exception {
        return sum(monitor, "lastmile_streams_failed_threads_total");
    }

    private static long sum(ChildMonitor monitor, String series) throws Exception {
        Matcher found =
                Pattern.compile("^" + series + " (\\S+)$", Pattern.MULTILINE).matcher(monitor.get("/metrics"));
        long sum = 0;
        while (found.find()) {
            sum += (long) Double.parseDouble(found.group(1));
        }
        return sum;
    }

    private static Path configuration(Path directory, String bootstrapServers, String registryUrl) throws Exception {
        return Files.writeString(directory.resolve("lastmile.yaml"), """
                applicationId: outage
                kafka: {bootstrap.servers: "%s", group.instance.id: monitor-0}
                registry: {url: "%s"}
                state: {directory: "%s"}
                http: {port: 0}
                deployments:
                  - {customer: "*", deployment: ward, metric: error_rate, dimensions: [accent]}
                """.formatted(
                        bootstrapServers, registryUrl, directory.resolve("state")));
    }

    /** Who sends; the registry is the real one, which knows all schemas from the beginning. */
    private static final class Customer implements AutoCloseable {

        private final Instant now = Instant.now();
        private final String inferences;
        private final String truths;
        private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();
        private final KafkaProducer<byte[], byte[]> producer;
        private final List<Future<RecordMetadata>> sent = new ArrayList<>();

        Customer(String name, String bootstrapServers, String registryUrl) {
            new TopicProvisioning(bootstrapServers).create(name, 1);
            inferences = Topics.inferences(name);
            truths = Topics.groundTruth(name);
            serializer.configure(
                    Map.of("schema.registry.url", registryUrl, "avro.remove.java.properties", true), false);
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", bootstrapServers, "enable.idempotence", true),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }

        void sendInferences(int from, int count) throws Exception {
            for (int i = from; i < from + count; i++) {
                send(
                        inferences,
                        "i" + i,
                        InferenceEvent.newBuilder()
                                .setDeployment("ward")
                                .setModelVersion("v1")
                                .setInferenceId("i" + i)
                                .setOccurredAt(now)
                                .setAttributes(Map.of("accent", "scottish"))
                                .setOutput(new Label("yes"))
                                .build());
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
            sent.clear();
        }

        void sendTruths(int from, int count) throws Exception {
            for (int i = from; i < from + count; i++) {
                send(
                        truths,
                        "i" + i,
                        GroundTruthEvent.newBuilder()
                                .setDeployment("ward")
                                .setInferenceId("i" + i)
                                .setObservedAt(now)
                                .setTruth(new Label("yes"))
                                .setRevision(0)
                                .build());
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
            sent.clear();
        }

        private void send(String topic, String id, SpecificRecord event) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    topic, id.getBytes(StandardCharsets.UTF_8), serializer.serialize(topic, event));
            sent.add(producer.send(record));
        }

        @Override
        public void close() {
            producer.close(Duration.ofSeconds(10));
            serializer.close();
        }
    }
}
