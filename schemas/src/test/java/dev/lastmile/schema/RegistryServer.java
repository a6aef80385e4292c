package dev.lastmile.schema;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/**
 * A real schema registry, Apicurio with its Confluent API, as a child process on loopback and in memory. It needs a newer
 * JDK than this project: profile {@code registry} of the module says where both are.
 */
@NullMarked
final class RegistryServer implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Process process;
    private final String url;

    private RegistryServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it on free ports and returns once it answers; its output goes to {@code registry.log} in its folder. */
    static RegistryServer start() throws IOException {
        Path directory = Path.of(required("registry.directory"));
        Path java = Path.of(required("registry.java.home"), "bin", "java");
        if (!Files.isExecutable(java)) {
            throw new IllegalStateException(
                    "no java at registry.java.home; set JAVA25_HOME to a JDK of version 21 or later: " + java);
        }
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(java.toString(), "-Xmx512m", "-jar", "quarkus-run.jar");
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(freePort()));
        Process process = builder.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("registry.log").toFile())
                .start();
        RegistryServer server = new RegistryServer(process, "http://127.0.0.1:" + port + "/apis/ccompat/v7");
        try {
            await().atMost(READY_WITHIN).pollInterval(Duration.ofMillis(250)).until(server::answers);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    String url() {
        return url;
    }

    /** A raw request with a JSON body, for what the client would hide. */
    HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the registry ended with exit code " + process.exitValue()
                    + "; see registry.log in registry.directory");
        }
        try {
            return send("GET", "/subjects", "").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String required(String property) {
        String value = System.getProperty(property, "");
        if (value.isBlank() || value.startsWith("${")) {
            throw new IllegalStateException(
                    "run with -P registry and JAVA25_HOME, or -D" + property + "; see the module's README");
        }
        return value;
    }
}
