package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A real Prometheus with the checked-in configuration and rules. Changed are only host names, which mean something in the
 * containers alone, and the intervals, so that a test need not wait for minutes.
 */
final class Prometheus implements AutoCloseable {

    static final int SCRAPE_SECONDS = 1;
    private static final int RANGE_SECONDS = 120;

    private final Server server;

    private Prometheus(Server server) {
        this.server = server;
    }

    /** How the checked-in configuration finds a monitor that is encrypted and asks for a token. */
    private static final Pattern ENCRYPTED =
            Pattern.compile("    scheme: https\n    tls_config:\n.*?    authorization:\n.*?\n", Pattern.DOTALL);

    /** Starts it on a free port, its data in {@code folder}; the monitor is open, as the demo is. */
    static Prometheus scraping(Tool program, String monitor, Path folder) throws IOException {
        String configuration = RepositoryFiles.text("deploy/prometheus/prometheus.yml");
        return start(program, ENCRYPTED.matcher(configuration).replaceFirst(""), monitor, folder);
    }

    /** The same; the monitor has been given these secrets. */
    static Prometheus scraping(Tool program, String monitor, ContainerSecrets secrets, Path folder) throws IOException {
        return start(
                program, secrets.mountedIn(RepositoryFiles.text("deploy/prometheus/prometheus.yml")), monitor, folder);
    }

    /**
     * The same as the first, and it sends alerts, each second again, to receivers that it gives two seconds each.
     *
     * @param receivers hosts and ports
     */
    static Prometheus alerting(Tool program, String monitor, List<String> receivers, Path folder) throws IOException {
        String one = "    - static_configs:\n        - targets: [alertmanager:9093]";
        String configuration = RepositoryFiles.text("deploy/prometheus/prometheus.yml");
        assertThat(configuration).contains(one);
        return start(
                program,
                ENCRYPTED
                        .matcher(configuration)
                        .replaceFirst("")
                        .replace(one, "    - timeout: 2s\n      static_configs:\n        - targets: " + receivers),
                monitor,
                folder);
    }

    private static Prometheus start(Tool program, String checkedIn, String monitor, Path folder) throws IOException {
        String address = Server.freeAddress();
        String configuration = checkedIn
                .replace("monitor:8080", monitor)
                .replace("localhost:9090", address)
                // Nobody listens there, and no name is looked up.
                .replace("alertmanager:9093", "127.0.0.1:9")
                .replace("15s", SCRAPE_SECONDS + "s")
                .replace("10s", SCRAPE_SECONDS + "s");
        Files.writeString(folder.resolve("prometheus.yml"), configuration);
        Files.createDirectories(folder.resolve("rules"));
        for (Path rules : RepositoryFiles.filesIn("deploy/prometheus/rules")) {
            Files.writeString(
                    folder.resolve("rules").resolve(rules.getFileName().toString()),
                    Files.readString(rules)
                            .replace("keep_firing_for: 10m", "keep_firing_for: " + SCRAPE_SECONDS + "s"));
        }
        List<String> arguments = List.of(
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--rules.alert.resend-delay=" + SCRAPE_SECONDS + "s",
                "--web.listen-address=" + address);
        return new Prometheus(Server.start(program, arguments, address, "/-/ready", folder));
    }

    /** The result at this moment: a list of series with one value each. */
    JsonNode query(String expression) {
        return result(server.post("/api/v1/query", "application/x-www-form-urlencoded", "query=" + encode(expression)));
    }

    /** The one value at this moment; 0 where there is none. */
    double value(String expression) {
        JsonNode series = query(expression);
        return series.isEmpty() ? 0 : series.get(0).path("value").path(1).asDouble();
    }

    /** The result over the last two minutes: a list of series with values. */
    JsonNode queryRange(String expression) {
        long now = Instant.now().getEpochSecond();
        return result(server.post(
                "/api/v1/query_range",
                "application/x-www-form-urlencoded",
                "query=" + encode(expression) + "&start=" + (now - RANGE_SECONDS) + "&end=" + now + "&step=2"));
    }

    /** The label sets of all series that match. */
    JsonNode series(String selector) {
        return data(server.get("/api/v1/series?match%5B%5D=" + encode(selector)));
    }

    /** The values of a label over the series that match. */
    JsonNode labelValues(String label, String selector) {
        return data(server.get("/api/v1/label/" + label + "/values?match%5B%5D=" + encode(selector)));
    }

    /** The rules as they are being evaluated. */
    JsonNode ruleGroups() {
        return data(server.get("/api/v1/rules")).get("groups");
    }

    private static JsonNode result(JsonNode response) {
        return data(response).get("result");
    }

    private static JsonNode data(JsonNode response) {
        return response.get("data");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
