package dev.lastmile.faults.canary;

import static dev.lastmile.faults.canary.CanaryEvents.CANARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.installation.Shape;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.traffic.Stranger;
import dev.lastmile.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A word in every text that a customer may send, but the names of what is counted. It comes out nowhere but in the customer's own dead
 * letters, which hold what was sent.
 */
class CanaryTest {

    private static final String DEPLOYMENTS = "api/v1/deployments";
    private static final String OF_LABELS = DEPLOYMENTS + "/" + Stranger.CUSTOMER + "/" + Stranger.DEPLOYMENT;
    private static final String OF_WORDS = DEPLOYMENTS + "/" + Stranger.CUSTOMER + "/" + Stranger.DEPLOYMENT_OF_WORDS;
    private static final List<String> PATHS = List.of(
            "",
            "metrics",
            "health/live",
            "health/ready",
            "api/v1/alerts",
            DEPLOYMENTS,
            OF_LABELS,
            OF_LABELS + "/baseline?form=current",
            OF_WORDS,
            OF_WORDS + "/baseline?form=current",
            DEPLOYMENTS + "/" + CANARY + "/" + CANARY,
            CANARY);

    @Test
    void noTextOfACustomerIsShownAnywhere(@TempDir Path directory) throws Exception {
        try (Installation installation = Installation.start(directory, Shape.ONE)) {
            MonitorProcess monitor = installation.monitors().get(0);
            int sent = send(installation);
            await().atMost(Duration.ofSeconds(60)).until(() -> counted(monitor) == sent);
            // Statistics are published each ten seconds.
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> records(installation, Topics.sliceStatistics(Stranger.CUSTOMER))
                                    .text()
                                    .contains(Stranger.DEPLOYMENT_OF_WORDS)
                            && monitor.get("api/v1/alerts").contains("DISPARITY"));

            Map<String, String> shown = new LinkedHashMap<>();
            for (String path : PATHS) {
                shown.put("/" + path, monitor.answer(path).toString());
            }
            Written statistics = records(installation, Topics.sliceStatistics(Stranger.CUSTOMER));
            Written alerts = records(installation, Topics.alerts(Stranger.CUSTOMER));
            Written letters = records(installation, Topics.deadLetters(Stranger.CUSTOMER));
            monitor.child().terminate(Duration.ofSeconds(10));
            shown.put("statistics", statistics.text() + statistics.headers());
            shown.put("alerts", alerts.text() + alerts.headers());
            shown.put("headers of dead letters", letters.headers());
            shown.put("log", logs(directory));

            assertThat(shown)
                    .allSatisfy((where, text) -> assertThat(text).as(where).doesNotContainIgnoringCase(CANARY));
            assertThat(alerts.text()).as("that there was one").contains("a=hoarse", "points higher");
            assertThat(shown.get("/" + OF_WORDS)).as("that words were scored").contains("hoarse");
            assertThat(shown.get("/health/live")).as("that headers are there").contains("content-type");
            assertThat(letters.text()).as("that it was sent, and would be seen").contains(CANARY);
        }
    }

    private static int send(Installation installation) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = CanaryEvents.all(installation.registryUrl());
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", installation.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record).get();
            }
        }
        return records.size();
    }

    /**
     * What lies in a topic.
     *
     * @param text of keys and values
     * @param headers with their names
     */
    private record Written(String text, String headers) {}

    private static long counted(MonitorProcess monitor) throws Exception {
        long counted = 0;
        for (String line : monitor.get("metrics").lines().toList()) {
            if (line.startsWith("lastmile_records_total{") && line.contains(Stranger.CUSTOMER)) {
                counted += (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        return counted;
    }

    private static Written records(Installation installation, String topic) {
        StringBuilder text = new StringBuilder();
        StringBuilder headers = new StringBuilder();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", installation.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            if (!consumer.listTopics().containsKey(topic)) {
                return new Written("", "");
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
                    record.headers()
                            .forEach(header -> headers.append(header.key()).append(textOf(header.value())));
                }
            }
        }
        return new Written(text.toString(), headers.toString());
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
