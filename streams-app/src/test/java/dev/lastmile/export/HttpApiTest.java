package dev.lastmile.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.http.Refusals;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiTest {

    private static final Readiness READY = new Readiness(true, false, "RUNNING", "processing");

    private static final String BASELINE = "/api/v1/deployments/st-marys/ward%207/baseline";

    private final HttpClient client = HttpClient.newHttpClient();
    private Readiness readiness = READY;
    private final HttpApi api;

    HttpApiTest() throws IOException {
        CollectorRegistry registry = new CollectorRegistry();
        Publications publications = new Publications(new Snapshots(Snapshots.ward()));
        new MetricsExporter(publications, () -> StreamsHealth.NOT_STARTED, new Refusals(), ExportLimits.DEFAULT, "1")
                .register(registry);
        api = HttpApi.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                publications,
                () -> readiness,
                registry,
                Access.OPEN,
                new Refusals(),
                System::nanoTime);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + api.address().getPort() + path));
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void readyIs200AndNotReadyIs503WithTheReasonWhileAliveStays200() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);

        readiness = new Readiness(false, false, "REBALANCING", "the broker does not answer: b:1");
        HttpResponse<String> response = get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).get("reason").asText()).isEqualTo("the broker does not answer: b:1");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/deployments", "/api/v1/deployments/st-marys/ward%207", "/api/v1/alerts"})
    void whileStateIsRestoredQueriesAre503WithRetryAfterInsteadOfPartialSums(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(200);

        readiness = new Readiness(false, true, "REBALANCING", "restoring state, 12 records to go");
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void theListOfDeploymentsSaysWhatATableNeeds() throws Exception {
        JsonNode deployment = json(get("/api/v1/deployments")).get(0);

        assertThat(deployment.get("customer").asText()).isEqualTo("st-marys");
        assertThat(deployment.get("deployment").asText()).isEqualTo("ward 7");
        assertThat(deployment.get("watched").asBoolean()).isTrue();
        assertThat(deployment.get("alertsFiring").asInt()).isEqualTo(1);
        assertThat(deployment.at("/overall/ratio").asDouble()).isEqualTo(0.1);
        assertThat(deployment.at("/overall/disparateEffect").isNull()).isTrue();
        assertThat(deployment.get("asOf").asText()).isEqualTo("2026-01-01T00:00:00.500Z");
        assertThat(deployment.has("slices")).isFalse();
    }

    @Test
    void oneDeploymentHasSlicesHistoryAlertsAndLedger() throws Exception {
        JsonNode deployment = json(get("/api/v1/deployments/st-marys/ward%207"));

        assertThat(deployment.at("/slices/1/terms/accent").asText()).isEqualTo("scottish");
        assertThat(deployment.at("/slices/1/lower").asDouble()).isEqualTo(0.08);
        assertThat(deployment.at("/alerts/0/state").asText()).isEqualTo("FIRING");
        assertThat(deployment.at("/alerts/1/endedAt").asText()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(deployment.at("/ledger/inference_joined").asLong()).isEqualTo(700);
        assertThat(deployment.at("/deadLetters/BAD_AVRO").asLong()).isEqualTo(4);
    }

    @Test
    void cellsWithFewerThanElevenLabelledInferencesAreInNoAnswer() throws Exception {
        JsonNode deployment = json(get("/api/v1/deployments/st-marys/ward%207"));

        assertThat(deployment.get("slices")).hasSize(2);
        assertThat(deployment.at("/history/overall")).hasSize(1);
        assertThat(deployment.toString()).doesNotContain("rare");
        assertThat(get(BASELINE).body()).contains("scottish").doesNotContain("rare");
        assertThat(get(BASELINE + "?form=current").body()).contains("scottish").doesNotContain("rare");
        assertThat(deployment.at("/baselines/0/labelled").isNull()).isTrue();
    }

    @Test
    void theBaselineIsAServiceCardThatSaysWhoSetIt() throws Exception {
        HttpResponse<String> inForce = get(BASELINE);

        assertThat(inForce.headers().firstValue("Content-Type")).hasValue("application/yaml; charset=utf-8");
        assertThat(inForce.body()).isEqualTo("""
                # Baseline spring-2026 of st-marys/ward 7: FILE, set by command by anna at 1970-01-01T00:00:02Z
                version: "spring-2026"
                from: "1970-01-01T00:00:00Z"
                to: "1970-01-01T01:00:00Z"
                # Slices with fewer than 11 labelled inferences are left out, and some from which these could be had
                designEffect: 1.5
                slices:
                  - {"slice":{},"received":1000,"labelled":800,"scored":790,"errors":96,"trials":800,"mean":0.125,"variance":0.0625}
                  - {"slice":{"noise":"imaging","accent":"scottish"},"received":300,"labelled":250,"scored":143,"errors":50,"trials":250,"mean":0.2,"variance":0.000030}
                """);
        assertThat(get(BASELINE + "?form=current").body())
                .startsWith("# All that was labelled of st-marys/ward 7 until 2026-01-01T00:00:00.500Z")
                .contains("designEffect: 2.0\n");
        assertThat(get(BASELINE + "?form=old").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/deployments/st-marys/nope/baseline").statusCode())
                .isEqualTo(404);
    }

    @Test
    void oneDeploymentSaysWhichBaselinesItHadAndWhatTheOneToComeLacks() throws Exception {
        JsonNode deployment = json(get("/api/v1/deployments/st-marys/ward%207"));

        assertThat(deployment.get("baseline").toString())
                .isEqualTo("{\"version\":\"spring-2026\",\"labelledSoFar\":50000,\"missing\":["
                        + "{\"slice\":\"noise=imaging,accent=scottish\",\"labelled\":143,\"needed\":200}]}");
        assertThat(deployment.at("/baselines/1").toString())
                .isEqualTo("{\"version\":\"spring-2026\",\"source\":\"FILE\",\"setBy\":\"command by anna\","
                        + "\"setAt\":\"1970-01-01T00:00:02Z\",\"from\":\"1970-01-01T00:00:00Z\","
                        + "\"to\":\"1970-01-01T01:00:00Z\",\"labelled\":800}");
        assertThat(deployment.at("/refusedCommands/WRONG_CARD").asLong()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/deployments/st-marys/nope",
                "/api/v1/deployments/st-marys",
                "/api/v1/deployments/",
                "/api/v1/deployments/ST/x",
                "/api/v1/deployments/st-marys/ward%207/x",
                "/api/v1/deployments/st-marys/%zz",
                "/api/v2/deployments",
                "/api/",
                "/index.html",
                "/page/index.html",
                "/../logback.xml",
                "/%2e%2e/logback.xml",
                "/..%2f..%2flogback.xml",
                "//page.js",
                "/metrics/",
                "/page.js/../../version.properties"
            })
    void whatIsNotServedIs404WhateverThePathTries(String path) throws Exception {
        String answer = rawGet(path);

        assertThat(answer).matches("(?s)HTTP/1.1 (404|400) .*").doesNotContain("version=", "appender");
    }

    /** As it stands: a client's own library would tidy the path up. */
    private String rawGet(String path) throws IOException {
        return rawGet(path, "localhost");
    }

    private String rawGet(String path, String host) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), api.address().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"attacker.example", "attacker.example:80", "127.0.0.1.attacker.example", "localhost.", "10.0.0.1"
            })
    void whoHasNoTokenMustAskForThisMachineByItsName(String host) throws Exception {
        assertThat(rawGet("/metrics", host)).startsWith("HTTP/1.1 421 ").doesNotContain("lastmile_");
        assertThat(rawGet("/", host)).startsWith("HTTP/1.1 421 ");
        assertThat(rawGet("/health/live", host)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9404", "127.0.0.1:9404", "[::1]:9404"})
    void theNamesOfThisMachineAreServed(String host) throws Exception {
        assertThat(rawGet("/metrics", host)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"})
    void onlyReadingIsAllowed(String method) throws Exception {
        HttpResponse<String> response = client.send(
                request("/api/v1/deployments")
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void headHasTheHeadersOfGetAndNoBody() throws Exception {
        HttpResponse<String> head = client.send(
                request("/api/v1/deployments")
                        .method("HEAD", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length"))
                .hasValue(get("/api/v1/deployments").body().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void longAnswersAreCompressedForThoseWhoAskForIt() throws Exception {
        HttpResponse<byte[]> compressed = client.send(
                request("/metrics").header("Accept-Encoding", "br, gzip;q=0.8").build(), BodyHandlers.ofByteArray());
        HttpResponse<String> refused = client.send(
                request("/metrics").header("Accept-Encoding", "gzip;q=0").build(), BodyHandlers.ofString());

        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).contains("lastmile_build_info");
        }
        assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(refused.body()).contains("lastmile_build_info");
    }

    @Test
    void everyAnswerForbidsOtherHostsAndGuessing() throws Exception {
        for (String path : new String[] {"/", "/page.js", "/metrics", "/api/v1/alerts", "/nowhere"}) {
            HttpResponse<String> response = get(path);

            assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none';")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("http", "unsafe", "*");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        }
    }

    @Test
    void metricsAreInPrometheusTextFormat() throws Exception {
        HttpResponse<String> response = get("/metrics");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).contains("lastmile_build_info{version=\"1\",} 1.0");
    }
}
