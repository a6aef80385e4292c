package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alertmanager with the checked-in configuration; only the receivers' address and the waiting are other. */
class AlertmanagerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Test
    void oneSliceMakesOnePageAndItIsTheMostTellingOne(@TempDir Path folder) throws IOException {
        Tool program = Tool.orSkip("prometheus-alertmanager", "prometheus-alertmanager");
        List<JsonNode> pages = new CopyOnWriteArrayList<>();
        HttpServer pager = pager(pages);
        try (Server alertmanager =
                start(program, folder, "127.0.0.1:" + pager.getAddress().getPort())) {
            alertmanager.post("/api/v2/alerts", "application/json", alerts());

            await().atMost(TIMEOUT).untilAsserted(() -> {
                assertThat(pages).hasSizeGreaterThanOrEqualTo(2);
                assertThat(states(alertmanager.get("/api/v2/alerts")))
                        .containsEntry("LastmileDisparateDegradation accent=scottish", "active")
                        .containsEntry("LastmileDegradation accent=scottish", "suppressed")
                        .containsEntry("LastmileDisparity accent=scottish", "suppressed")
                        .containsEntry("LastmileDegradation noise=imaging", "active");
            });
            assertThat(pages).allSatisfy(page -> assertThat(page.at("/groupLabels"))
                    .isEqualTo(
                            JSON.createObjectNode().put("customer", "st-marys").put("deployment", "ward-7")));
            assertThat(pages)
                    .flatExtracting(page -> page.findValuesAsText("alertname"))
                    .contains("LastmileDisparateDegradation")
                    .doesNotContain("LastmileDisparity");
        } finally {
            pager.stop(0);
        }
    }

    private static Server start(Tool program, Path folder, String pager) throws IOException {
        String configuration = RepositoryFiles.text("deploy/alertmanager/alertmanager.yml")
                .replace("host.docker.internal:5001", pager)
                .replaceAll("group_wait: \\d+s", "group_wait: 1s");
        assertThat(configuration).contains("http://" + pager + "/");
        Files.writeString(folder.resolve("alertmanager.yml"), configuration);
        String address = Server.freeAddress();
        List<String> arguments = List.of(
                "--config.file=" + folder.resolve("alertmanager.yml"),
                "--storage.path=" + folder.resolve("data"),
                "--web.listen-address=" + address,
                "--cluster.listen-address=");
        return Server.start(program, arguments, address, "/-/ready", folder);
    }

    private static HttpServer pager(List<JsonNode> pages) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/lastmile/on-call", exchange -> {
            pages.add(JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String alerts() {
        return JSON.createArrayNode()
                .add(alert("LastmileDisparateDegradation", "critical", "accent=scottish"))
                .add(alert("LastmileDegradation", "warning", "accent=scottish"))
                .add(alert("LastmileDisparity", "warning", "accent=scottish"))
                .add(alert("LastmileDegradation", "warning", "noise=imaging"))
                .toString();
    }

    private static JsonNode alert(String name, String severity, String slice) {
        return JSON.createObjectNode()
                .set(
                        "labels",
                        JSON.createObjectNode()
                                .put("alertname", name)
                                .put("severity", severity)
                                .put("customer", "st-marys")
                                .put("deployment", "ward-7")
                                .put("model_version", "asr-3")
                                .put("slice", slice));
    }

    private static Map<String, String> states(JsonNode alerts) {
        Map<String, String> states = new HashMap<>();
        for (JsonNode alert : alerts) {
            states.put(
                    alert.at("/labels/alertname").asText() + " "
                            + alert.at("/labels/slice").asText(),
                    alert.at("/status/state").asText());
        }
        return states;
    }
}
