package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lastmile.app.Configuration;
import dev.lastmile.app.Monitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus and a monitor, with the files that both have in the containers. */
class EncryptedScrapeTest {

    @Test
    void prometheusScrapesTheMonitorWithTheSecretsOfTheContainers(@TempDir Path folder) throws Exception {
        Tool program = Tool.orSkip("prometheus", "prometheus");
        ContainerSecrets secrets = ContainerSecrets.in(Files.createDirectory(folder.resolve("secrets")));
        String configuration = secrets.mountedIn(RepositoryFiles.text("deploy/compose/lastmile.yaml"));
        Map<String, String> here = Map.of(
                "LASTMILE_HTTP_PORT",
                "0",
                "LASTMILE_HTTP_HEALTH_FILE",
                folder.resolve("health").toString(),
                "LASTMILE_KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:1",
                "LASTMILE_STATE_DIRECTORY",
                folder.resolve("state").toString());
        try (Monitor monitor = Monitor.start(Configuration.parse("lastmile.yaml", configuration, folder, here));
                Prometheus prometheus = Prometheus.scraping(
                        program,
                        monitor.url().getAuthority(),
                        secrets,
                        Files.createDirectory(folder.resolve("prometheus")))) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                JsonNode up = prometheus.query("up{job=\"lastmile\"}");
                assertThat(up).hasSize(1);
                assertThat(up.at("/0/value/1").asText()).isEqualTo("1");
            });
            assertThat(prometheus.query("lastmile_build_info")).hasSize(1);
            assertThat(folder.resolve("health")).hasContent("live");
        }
    }
}
