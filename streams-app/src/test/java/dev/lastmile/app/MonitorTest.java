package dev.lastmile.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MonitorTest {

    private final Path directory;

    MonitorTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private Configuration configuration(String brokers) {
        return Configuration.parse("test", """
                kafka: {bootstrap.servers: "%s"}
                registry: {url: "mock://monitor-test"}
                state: {directory: "%s"}
                http: {port: 0}
                deployments: [{customer: "*", deployment: "*", metric: word_error_rate}]
                """.formatted(brokers, directory), directory, Map.of());
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void untilNotReadyBecause(Monitor monitor, String reason) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            HttpResponse<String> ready = get(monitor.url().resolve("/health/ready"));
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("\"ready\":false").contains(reason);
        });
    }

    @Test
    @Timeout(60)
    void withoutABrokerItLivesAndSaysWhyItIsNotReadyAndStopsWithinTenSeconds() throws Exception {
        long closedAtNanos;
        try (Monitor monitor = Monitor.start(configuration("127.0.0.1:1"))) {
            assertThat(get(monitor.url().resolve("/health/live")).statusCode()).isEqualTo(200);

            untilNotReadyBecause(monitor, "the broker does not answer: 127.0.0.1:1");

            assertThat(get(monitor.url().resolve("/metrics")).body()).contains("lastmile_streams_threads_alive");
            assertThat(monitor.ended()).isNotDone();
            closedAtNanos = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - closedAtNanos)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    @Timeout(60)
    void aBrokerWhoseNameHasNoAddressIsWaitedFor() throws Exception {
        try (Monitor monitor = Monitor.start(configuration("no-such-broker.invalid:9092"))) {
            untilNotReadyBecause(monitor, "waiting for an address of the broker no-such-broker.invalid:9092");

            assertThat(monitor.ended()).isNotDone();
        }
    }

    @Test
    @Timeout(60)
    void closingCompletesTheEnd() {
        Monitor monitor = Monitor.start(configuration("no-such-broker.invalid:9092"));

        monitor.close();

        assertThat(monitor.ended().join().exitCode()).isZero();
    }
}
