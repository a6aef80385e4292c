package dev.lastmile.faults.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lastmile.app.Main;
import dev.lastmile.local.broker.EmbeddedBroker;
import dev.lastmile.local.registry.EmbeddedRegistry;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.publisher.LastmilePublisher;
import dev.lastmile.schema.publisher.PublisherSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's command as it is typed, through a broker to a running monitor and back. */
class OperatorCommandTest {

    private static final String CUSTOMER = "st-marys";
    private static final String DEPLOYMENT = "ward-7";
    private static final String PATH = "api/v1/deployments/" + CUSTOMER + "/" + DEPLOYMENT;
    private static final int LABELLED = 30;

    /** The monitor makes the operators' topic with the first record, and looks for new topics every ten seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aCardIsImportedThroughTheBrokerOutlivesARestartAndIsExportedOverHttp(@TempDir Path directory)
            throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            broker.createCustomerTopics(CUSTOMER, 2);
            publish(broker.bootstrapServers(), registry.url());
            Path configuration = configuration(directory, broker.bootstrapServers(), registry.url());
            Path card = Files.writeString(directory.resolve("card.yaml"), """
                    version: spring-2026
                    slices:
                      - {slice: {}, labelled: 50000, mean: 0.1275}
                      - {slice: {accent: scottish}, labelled: 143, mean: 0.1564}
                    """);

            try (ChildMonitor monitor = ChildMonitor.start(configuration, directory.resolve("first.log"))) {
                monitor.await(PATIENCE, () -> progress(monitor) == LABELLED);
                baseline("import", configuration, "--file", card.toString(), "--by", "anna");
                monitor.await(PATIENCE, () -> isInForce(monitor));
                assertThat(monitor.get("metrics"))
                        .as("the topic that appeared while it ran killed no thread")
                        .contains("lastmile_streams_failed_threads_total 0.0\n");
            }

            try (ChildMonitor monitor = ChildMonitor.start(configuration, directory.resolve("second.log"))) {
                monitor.await(PATIENCE, () -> isInForce(monitor));
                JsonNode deployment = monitor.json(PATH);
                assertThat(deployment.at("/baselines/0/setBy").asText()).isEqualTo("command by anna");
                assertThat(deployment.at("/baseline/missing/0/slice").asText()).isEqualTo("accent=scottish");
                assertThat(deployment.at("/overall/labelled").asLong()).isEqualTo(LABELLED);
                assertThat(baseline(
                                "export", configuration, "--url", monitor.url().toString()))
                        .contains("version: \"spring-2026\"")
                        .contains("{\"slice\":{\"accent\":\"scottish\"},\"received\":143,\"labelled\":143");
            }
        }
    }

    private static boolean isInForce(ChildMonitor monitor) throws IOException, InterruptedException {
        return monitor.json(PATH).at("/baseline/version").asText().equals("spring-2026");
    }

    private static long progress(ChildMonitor monitor) throws IOException, InterruptedException {
        return monitor.json(PATH).at("/baseline/labelledSoFar").asLong();
    }

    private static void publish(String bootstrapServers, String registryUrl) {
        try (LastmilePublisher publisher =
                new LastmilePublisher(PublisherSettings.of(CUSTOMER, bootstrapServers, registryUrl))) {
            Instant now = Instant.now();
            List<CompletableFuture<?>> sent = new ArrayList<>();
            for (int i = 0; i < LABELLED; i++) {
                sent.add(publisher.publish(InferenceEvent.newBuilder()
                        .setDeployment(DEPLOYMENT)
                        .setModelVersion("v1")
                        .setInferenceId("i" + i)
                        .setOccurredAt(now)
                        .setAttributes(Map.of("accent", "scottish"))
                        .setOutput(new Label("yes"))
                        .build()));
                sent.add(publisher.publish(GroundTruthEvent.newBuilder()
                        .setDeployment(DEPLOYMENT)
                        .setInferenceId("i" + i)
                        .setObservedAt(now)
                        .setTruth(new Label("yes"))
                        .build()));
            }
            sent.forEach(CompletableFuture::join);
        }
    }

    private static Path configuration(Path directory, String bootstrapServers, String registryUrl) throws IOException {
        return Files.writeString(directory.resolve("lastmile.yaml"), """
                applicationId: operators
                kafka: {bootstrap.servers: "%s", group.instance.id: monitor-0}
                registry: {url: "%s"}
                state: {directory: "%s"}
                http: {port: 0}
                drainInterval: PT0.5S
                deployments:
                  - {customer: "*", deployment: "*", metric: error_rate, dimensions: [accent], baseline: {labelled: 5000}}
                """.formatted(
                        bootstrapServers, registryUrl, directory.resolve("state")));
    }

    /** Runs {@code lastmile baseline …} in a process of its own and returns what it prints; it must succeed. */
    private static String baseline(String command, Path configuration, String... more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        arguments.addAll(List.of("baseline", command, "--config", configuration.toString()));
        arguments.addAll(List.of("--customer", CUSTOMER, "--deployment", DEPLOYMENT));
        arguments.addAll(List.of(more));
        Path out = Files.createTempFile(configuration.toAbsolutePath().getParent(), command, ".out");
        Process process = new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            String printed = Files.readString(out, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(printed).isZero();
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }
}
