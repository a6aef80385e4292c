package dev.lastmile.faults.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.faults.kit.EmbeddedTestBroker;
import dev.lastmile.faults.kit.TestBroker;
import dev.lastmile.local.broker.TopicProvisioning;
import dev.lastmile.local.registry.EmbeddedRegistry;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.TrustedRecords;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A backlog of records as large as a broker takes them, twice as many bytes as the monitor has heap, in all partitions of some
 * customers: it is read as fast as it is worked off, however many records that is.
 */
@Isolated
final class BackPressureTest {

    static {
        TrustedRecords.trust();
    }

    private static final String APPLICATION_ID = "pressure";
    private static final List<String> CUSTOMERS = List.of("one", "two", "three", "four", "five", "six");
    private static final int HEAP_MIB = 256;
    private static final int PARTITIONS = 8;
    private static final int LARGE_BYTES = 990_000;
    private static final int LARGE_A_PARTITION = 6;

    /** With a key, and so with what a dead letter puts around it: the largest that is looked at, and the largest that brokers take. */
    private static final int LARGEST_BYTES = 1_000_000;

    private static final int REFUSED_BYTES = (1 << 20) - 200;

    /** Each time a large inference, its small ground truth, and a large record that is none. */
    private static final int RECORDS = 3 * CUSTOMERS.size() * PARTITIONS * LARGE_A_PARTITION;

    private static final Duration SHUT_DOWN_WITHIN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Pattern COUNTED = Pattern.compile(
            "lastmile_(records_total|dead_letters_total)\\{[^}]*(disposition|reason)=\"([^\"]*)\",?} (\\S+)");

    @Test
    void aBacklogOfTheLargestRecordsIsWorkedOffInASmallHeapAndSurvivesAStop(@TempDir Path directory) throws Exception {
        assertThat(2L * CUSTOMERS.size() * PARTITIONS * LARGE_A_PARTITION * LARGE_BYTES)
                .as("bytes of the backlog")
                .isGreaterThan(2L * (HEAP_MIB << 20));
        try (TestBroker broker = EmbeddedTestBroker.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start();
                Progress progress = new Progress(broker.bootstrapServers(), APPLICATION_ID)) {
            CUSTOMERS.forEach(
                    customer -> new TopicProvisioning(broker.bootstrapServers()).create(customer, PARTITIONS));
            send(broker.bootstrapServers(), registry.url());
            Path configuration = configuration(directory, broker.bootstrapServers(), registry.url());
            Path log = directory.resolve("first.log");

            try (ChildMonitor first = ChildMonitor.start(configuration, log, HEAP_MIB)) {
                first.await(PATIENCE, () -> progress.read() > 0);
                assertThat(first.terminate(SHUT_DOWN_WITHIN))
                        .as("stops in time")
                        .isTrue();
            }
            assertThat(progress.read()).as("stopped in the middle").isLessThan(RECORDS);
            assertThat(progress.openTransactions()).as("and in good order").isEmpty();
            assertThat(Files.readString(log))
                    .doesNotContain("OutOfMemoryError", "did not stop in time")
                    .contains("The stream has stopped");

            try (ChildMonitor second = ChildMonitor.start(configuration, directory.resolve("second.log"), HEAP_MIB)) {
                Map<String, Long> expected = expected();
                second.await(PATIENCE, () -> counted(second).equals(expected));
                assertThat(second.get("/metrics")).contains("lastmile_streams_failed_threads_total 0.0");
            }
        }
    }

    private static Map<String, Long> expected() {
        long ofEach = RECORDS / 3;
        return Map.of(
                "inference_joined",
                ofEach,
                "truth_joined",
                ofEach,
                "truth_dead_lettered",
                ofEach,
                "BAD_FRAME",
                ofEach / 2,
                "TOO_LARGE",
                ofEach / 2);
    }

    /** What became of all records, by disposition and reason. */
    private static Map<String, Long> counted(ChildMonitor monitor) throws Exception {
        Map<String, Long> counted = new LinkedHashMap<>();
        Matcher series = COUNTED.matcher(monitor.get("/metrics"));
        while (series.find()) {
            long count = (long) Double.parseDouble(series.group(4));
            if (count > 0) {
                counted.merge(series.group(3), count, Long::sum);
            }
        }
        return counted;
    }

    private static void send(String bootstrapServers, String registryUrl) throws Exception {
        Instant now = Instant.now();
        String large = "x".repeat(LARGE_BYTES);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaAvroSerializer serializer = new KafkaAvroSerializer();
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "enable.idempotence",
                                true,
                                "max.request.size",
                                2 << 20,
                                // A machine with other work writes for long what is sent at once here.
                                "delivery.timeout.ms",
                                600_000),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            serializer.configure(
                    Map.of("schema.registry.url", registryUrl, "avro.remove.java.properties", true), false);
            for (int number = 0; number < LARGE_A_PARTITION; number++) {
                for (String customer : CUSTOMERS) {
                    for (int partition = 0; partition < PARTITIONS; partition++) {
                        String id = partition + "-" + number;
                        String inferences = Topics.inferences(customer);
                        String truths = Topics.groundTruth(customer);
                        sent.add(producer.send(record(
                                inferences, partition, id, bytes(serializer, inferences, inference(id, now, large)))));
                        int bytes = number % 2 == 0 ? LARGEST_BYTES - id.length() : REFUSED_BYTES;
                        sent.add(producer.send(record(truths, partition, id, garbage(bytes))));
                        sent.add(producer.send(
                                record(truths, partition, id, bytes(serializer, truths, truth(id, now)))));
                    }
                }
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
        assertThat(sent).hasSize(RECORDS);
    }

    private static byte[] garbage(int bytes) {
        byte[] garbage = new byte[bytes];
        Arrays.fill(garbage, (byte) 'x');
        return garbage;
    }

    private static byte[] bytes(KafkaAvroSerializer serializer, String topic, SpecificRecord event) {
        return serializer.serialize(topic, event);
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int partition, String id, byte[] value) {
        return new ProducerRecord<>(topic, partition, id.getBytes(StandardCharsets.UTF_8), value);
    }

    /** What is too long to be a value is counted as none, so that a record of this size is accepted. */
    private static InferenceEvent inference(String id, Instant now, String large) {
        return InferenceEvent.newBuilder()
                .setDeployment("ward")
                .setModelVersion("v1")
                .setInferenceId(id)
                .setOccurredAt(now)
                .setAttributes(Map.of("accent", large))
                .setOutput(new Label("yes"))
                .build();
    }

    private static GroundTruthEvent truth(String id, Instant now) {
        return GroundTruthEvent.newBuilder()
                .setDeployment("ward")
                .setInferenceId(id)
                .setObservedAt(now)
                .setTruth(new Label("yes"))
                .setRevision(0)
                .build();
    }

    private static Path configuration(Path directory, String bootstrapServers, String registryUrl) throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("applicationId", APPLICATION_ID);
        tree.put("kafka", Map.of("bootstrap.servers", bootstrapServers, "group.instance.id", "monitor-0"));
        tree.put("registry", Map.of("url", registryUrl));
        tree.put("state", Map.of("directory", directory.resolve("state").toString()));
        tree.put("http", Map.of("port", 0));
        tree.put("drainInterval", "PT0.1S");
        tree.put(
                "deployments",
                CUSTOMERS.stream()
                        .map(customer -> Map.of(
                                "customer",
                                customer,
                                "deployment",
                                "ward",
                                "metric",
                                "error_rate",
                                "dimensions",
                                List.of("accent")))
                        .toList());
        // JSON is YAML too.
        return Files.writeString(directory.resolve("lastmile.yaml"), new ObjectMapper().writeValueAsString(tree));
    }
}
