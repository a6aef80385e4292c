package dev.lastmile.faults.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.installation.Shape;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.traffic.Stranger;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.Transcript;
import dev.lastmile.schema.TrustedRecords;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A word in every text that a customer may send, but the names of what is counted: deployments, versions and values of declared
 * dimensions. It comes out nowhere but in the customer's own dead letters, which hold what was sent.
 */
class CanaryTest {

    private static final String CANARY = "cAnArY-7f3a91";
    private static final int EVENTS = 40;

    static {
        TrustedRecords.trust();
    }

    @Test
    void noTextOfACustomerIsShownAnywhere(@TempDir Path directory) throws Exception {
        try (Installation installation = Installation.start(directory, Shape.ONE)) {
            MonitorProcess monitor = installation.monitors().get(0);
            int sent = send(installation);
            await().atMost(Duration.ofSeconds(60)).until(() -> counted(monitor) == sent);
            // Statistics are published each ten seconds.
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !records(installation, Topics.sliceStatistics(Stranger.CUSTOMER))
                            .isEmpty());

            Map<String, String> shown = new LinkedHashMap<>();
            for (String path : List.of(
                    "",
                    "metrics",
                    "health/live",
                    "api/v1/deployments",
                    "api/v1/deployments/" + Stranger.CUSTOMER + "/" + Stranger.DEPLOYMENT)) {
                shown.put("/" + path, monitor.get(path));
            }
            shown.put("/health/ready", monitor.readiness().toString());
            shown.put("statistics", records(installation, Topics.sliceStatistics(Stranger.CUSTOMER)));
            shown.put("alerts", records(installation, Topics.alerts(Stranger.CUSTOMER)));
            String letters = records(installation, Topics.deadLetters(Stranger.CUSTOMER));
            monitor.child().terminate(Duration.ofSeconds(10));
            shown.put("log", logs(directory));

            assertThat(shown)
                    .allSatisfy((where, text) -> assertThat(text).as(where).doesNotContainIgnoringCase(CANARY));
            assertThat(letters).as("that it was sent, and would be seen").contains(CANARY);
        }
    }

    private static int send(Installation installation) throws Exception {
        String inferences = Topics.inferences(Stranger.CUSTOMER);
        String truths = Topics.groundTruth(Stranger.CUSTOMER);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        Instant now = Instant.now();
        try (KafkaAvroSerializer serializer = new KafkaAvroSerializer();
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", installation.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            serializer.configure(
                    Map.of("schema.registry.url", installation.registryUrl(), "avro.remove.java.properties", true),
                    false);
            for (int i = 0; i < EVENTS; i++) {
                String id = CANARY + "-" + i;
                InferenceEvent good = InferenceEvent.newBuilder()
                        .setDeployment(Stranger.DEPLOYMENT)
                        .setModelVersion("v1")
                        .setInferenceId(id)
                        .setOccurredAt(now)
                        .setAttributes(Map.of("a", "1", "b", "\u202e" + CANARY, "undeclared " + CANARY, CANARY))
                        .setOutput(new Label(CANARY))
                        .setSessionId(CANARY + i)
                        .build();
                GroundTruthEvent truth = GroundTruthEvent.newBuilder()
                        .setDeployment(Stranger.DEPLOYMENT)
                        .setInferenceId(id)
                        .setObservedAt(now)
                        .setTruth(new Label(CANARY + " no"))
                        .setRevision(0)
                        .build();
                records.add(record(inferences, id, serializer.serialize(inferences, good)));
                records.add(record(truths, id, serializer.serialize(truths, truth)));
                InferenceEvent words = InferenceEvent.newBuilder(good)
                        .setInferenceId("w" + id)
                        .setOutput(new Transcript(CANARY))
                        .build();
                records.add(record(inferences, "w" + id, serializer.serialize(inferences, words)));
                InferenceEvent unknown = InferenceEvent.newBuilder(good)
                        .setDeployment(CANARY)
                        .setInferenceId("u" + id)
                        .build();
                records.add(record(inferences, "u" + id, serializer.serialize(inferences, unknown)));
                InferenceEvent others = InferenceEvent.newBuilder(good)
                        .setInferenceId("o" + id)
                        .setCustomer(CANARY.toLowerCase(java.util.Locale.ROOT))
                        .build();
                records.add(record(inferences, "o" + id, serializer.serialize(inferences, others)));
                InferenceEvent late = InferenceEvent.newBuilder(good)
                        .setInferenceId("l" + id)
                        .setOccurredAt(Instant.EPOCH)
                        .build();
                records.add(record(inferences, "l" + id, serializer.serialize(inferences, late)));
                records.add(record(inferences, id, CANARY.getBytes(StandardCharsets.UTF_8)));
            }
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record).get();
            }
        }
        return records.size();
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(CANARY, CANARY.getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value, headers);
    }

    private static long counted(MonitorProcess monitor) throws Exception {
        long counted = 0;
        for (String line : monitor.get("metrics").lines().toList()) {
            if (line.startsWith("lastmile_records_total{") && line.contains(Stranger.CUSTOMER)) {
                counted += (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        return counted;
    }

    private static String records(Installation installation, String topic) {
        StringBuilder text = new StringBuilder();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", installation.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            if (!consumer.listTopics().containsKey(topic)) {
                return "";
            }
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    text.append(textOf(record.key())).append(textOf(record.value()));
                    record.headers().forEach(header -> text.append(header.key()).append(textOf(header.value())));
                }
            }
        }
        return text.toString();
    }

    private static String textOf(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String logs(Path directory) throws Exception {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> logs = Files.list(directory.resolve("logs"))) {
            for (Path log : logs.filter(log -> log.getFileName().toString().startsWith("monitor"))
                    .toList()) {
                text.append(Files.readString(log));
            }
        }
        return text.toString();
    }
}
