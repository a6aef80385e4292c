package dev.lastmile.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.event.DeploymentId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets what over HTTP from a monitor that is encrypted and knows tokens. */
class MonitorAccessTest {

    private static final String OPERATOR = "operator-0123456789-0123456789-01";
    private static final String CUSTOMER = "st-marys-0123456789-0123456789-01";

    private static final List<String> PATHS = List.of(
            "/",
            "/page.js",
            "/metrics",
            "/health/ready",
            "/api/v1/deployments",
            "/api/v1/alerts",
            "/api/v1/deployments/st-marys/ward-7",
            "/no-such-path");

    private final Path directory;
    private final ThrowAwayCa ca;

    MonitorAccessTest(@TempDir Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        this.directory = directory;
        ca = new ThrowAwayCa(directory);
    }

    private Monitor start(String tls) throws IOException {
        Files.writeString(directory.resolve("operator"), OPERATOR + "\n");
        Files.writeString(directory.resolve("customer"), CUSTOMER + "\n");
        return Monitor.start(
                Configuration.parse("test", """
                kafka: {bootstrap.servers: "127.0.0.1:1"}
                registry: {url: "mock://monitor-access-test"}
                state: {directory: "%s"}
                http: {host: 0.0.0.0, port: 0, tls: %s, tokens: [{file: operator}, {file: customer, customer: st-marys}]}
                deployments: [{customer: "*", deployment: "*", metric: word_error_rate}]
                """.formatted(directory.resolve("state"), tls), directory, Map.of()));
    }

    private Monitor start() throws IOException, GeneralSecurityException {
        return start("{certificate: %s, key: %s}".formatted(ca.certificate(), ca.key()));
    }

    private static HttpResponse<String> get(Monitor monitor, SSLContext trusted, String path, @Nullable String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(monitor.url().resolve(path)).timeout(Duration.ofSeconds(10));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newBuilder()
                .sslContext(trusted)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void withoutATokenOnlyLivenessAnswers() throws Exception {
        try (Monitor monitor = start()) {
            assertThat(monitor.url().getScheme()).isEqualTo("https");
            assertThat(get(monitor, ca.client(), "/health/live", null).statusCode())
                    .isEqualTo(200);
            for (String path : PATHS) {
                for (String token : new String[] {null, "x".repeat(40), OPERATOR.substring(1)}) {
                    HttpResponse<String> refused = get(monitor, ca.client(), path, token);

                    assertThat(refused.statusCode()).as(path).isEqualTo(401);
                    assertThat(refused.body()).isEqualTo("a token is needed\n");
                    assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
                }
            }
        }
    }

    @Test
    void anOperatorSeesEverythingAndACustomerNothingOfTheProcess() throws Exception {
        try (Monitor monitor = start()) {
            SSLContext trusted = ca.client();
            assertThat(get(monitor, trusted, "/metrics", OPERATOR).body()).contains("lastmile_streams_threads_alive");
            assertThat(get(monitor, trusted, "/health/ready", OPERATOR).statusCode())
                    .isEqualTo(503);
            assertThat(get(monitor, trusted, "/", CUSTOMER).statusCode()).isEqualTo(200);
            assertThat(get(monitor, trusted, "/api/v1/deployments", CUSTOMER).body())
                    .isEqualTo("[]");
            for (String path : List.of("/metrics", "/health/ready")) {
                assertThat(get(monitor, trusted, path, CUSTOMER).statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void aKeystoreOfTheJdkServesAsWell() throws Exception {
        try (Monitor monitor = start("{keystore: %s, passwordFile: %s}".formatted(ca.keystore(), ca.passwordFile()))) {
            assertThat(get(monitor, ca.client(), "/metrics", OPERATOR).statusCode())
                    .isEqualTo(200);
        }
        Path wrong = Files.writeString(directory.resolve("wrong"), "s3cret");
        assertThatThrownBy(() -> start("{keystore: %s, passwordFile: %s}".formatted(ca.keystore(), wrong)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(ca.keystore() + ": cannot be used with its password")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aBaselineIsExportedWithATokenAndTheAuthoritysCertificate() throws Exception {
        try (Monitor monitor = start()) {
            CardDownload unknown = new CardDownload(monitor.url(), null, ca.authority());
            CardDownload known = new CardDownload(monitor.url(), OPERATOR, ca.authority());
            CardDownload trusting = new CardDownload(monitor.url(), OPERATOR, null);
            DeploymentId ward = new DeploymentId("st-marys", "ward-7");

            assertThatThrownBy(() -> unknown.of(ward, false)).hasMessage("answered 401: a token is needed");
            assertThatThrownBy(() -> known.of(ward, false)).hasMessageStartingWith("answered 404: ");
            assertThatThrownBy(() -> trusting.of(ward, false)).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void handshakesThatNeverEndHoldNobodyUp() throws Exception {
        byte[] beginning = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3};
        List<Socket> others = new ArrayList<>();
        try (Monitor monitor = start()) {
            SSLContext trusted = ca.client();
            assertThat(get(monitor, trusted, "/health/live", null).statusCode()).isEqualTo(200);
            for (int i = 0; i < 1_000; i++) {
                Socket other = new Socket(
                        InetAddress.getLoopbackAddress(), monitor.url().getPort());
                others.add(other);
                if (i % 2 == 0) {
                    other.getOutputStream().write(beginning);
                }
            }

            long started = System.nanoTime();
            assertThat(get(monitor, trusted, "/health/live", null).statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
            assertThat(get(monitor, trusted, "/metrics?" + "x".repeat(8_000), OPERATOR)
                            .body())
                    .contains("lastmile_http_refused_total{reason=\"crowded_out\",}");
        } finally {
            for (Socket other : others) {
                other.close();
            }
        }
    }

    @Test
    void whatIsNotEncryptedIsNotAnsweredWhereEncryptionIs() throws Exception {
        try (Monitor monitor = start();
                Socket plain = new Socket(
                        InetAddress.getLoopbackAddress(), monitor.url().getPort())) {
            plain.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));

            assertThat(new String(plain.getInputStream().readAllBytes(), US_ASCII))
                    .doesNotContain("HTTP", "live");
        }
    }

    @Test
    void whoDoesNotTrustTheAuthorityIsNotServedUnencrypted() throws Exception {
        try (Monitor monitor = start()) {
            assertThatThrownBy(() -> get(monitor, SSLContext.getDefault(), "/health/live", null))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void filesThatAreNoCertificateKeyOrTokenAreNamedAndNotRepeated() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "s3cret-of-somebody");
        assertThatThrownBy(() -> start("{certificate: %s, key: %s}".formatted(ca.certificate(), secret)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(secret.toString())
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> start("{certificate: %s, key: %s}".formatted(secret, ca.key())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(secret + ": must hold certificates in PEM");
        assertThatThrownBy(() -> start("{certificate: none.pem, key: %s}".formatted(ca.key())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there is no such file");
        Files.writeString(directory.resolve("operator"), "s3cret");
        assertThatThrownBy(() -> TokenFile.read(List.of(new TokenFile(directory.resolve("operator"), null))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(directory.resolve("operator") + ": token must have 32 characters at least");
    }
}
