package dev.lastmile.topology.serde;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Speaks a schema registry's HTTP on loopback, and misbehaves on demand; read with the genuine client. */
@NullMarked
public final class RegistryServer implements AutoCloseable {

    private static final String HTML = "<html><body>Somewhere else</body></html>";

    private final HttpServer server;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, Map<String, String>> schemas = new ConcurrentHashMap<>();
    private final Map<Integer, Set<String>> subjects = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Failure failure;
    private volatile CountDownLatch speaking = new CountDownLatch(0);

    /**
     * What is answered instead of the truth.
     *
     * @param status HTTP status; 0 closes the connection without an answer
     * @param body the whole body
     */
    public record Failure(int status, String body) {

        public static Failure status(int status) {
            return new Failure(status, "{\"error_code\":" + status + "01,\"message\":\"on demand\"}");
        }

        public static Failure html(int status) {
            return new Failure(status, HTML);
        }

        public static Failure closed() {
            return new Failure(0, "");
        }
    }

    public RegistryServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/schemas/ids/", this::answer);
        server.start();
    }

    /** The genuine client of this server, which gives up at the first failure. */
    public SchemaRegistryClient client() {
        String url = "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
        return new CachedSchemaRegistryClient(
                List.of(url), 1_000, List.of(new AvroSchemaProvider()), Map.of("max.retries", "0"), Map.of());
    }

    public void register(int id, String schema, String subject) {
        register(id, "AVRO", schema, subject);
    }

    /** Registers a schema of any type; once more for another subject. */
    public void register(int id, String type, String schema, String subject) {
        schemas.put(id, Map.of("schemaType", type, "schema", schema));
        subjects.computeIfAbsent(id, any -> ConcurrentHashMap.newKeySet()).add(subject);
    }

    public void fail(@Nullable Failure newFailure) {
        failure = newFailure;
    }

    /** From now on it says nothing, until {@link #speak}. */
    public void silence() {
        speaking = new CountDownLatch(1);
    }

    /** Answers whoever still waits. */
    public void speak() {
        speaking.countDown();
    }

    /** Paths asked for, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(path);
        try {
            speaking.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Failure current = failure;
        if (current != null && current.status() == 0) {
            exchange.close();
            return;
        }
        if (current != null) {
            send(exchange, current.status(), current.body());
            return;
        }
        String[] parts = path.split("/", -1);
        int id = Integer.parseInt(parts[3]);
        Map<String, String> schema = schemas.get(id);
        if (schema == null) {
            send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        } else if (parts.length > 4) {
            send(exchange, 200, json.writeValueAsString(subjects.get(id)));
        } else {
            send(exchange, 200, json.writeValueAsString(schema));
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", body.startsWith("<") ? "text/html" : "application/vnd.schemaregistry.v1+json");
        boolean hasBody = status != 204;
        exchange.sendResponseHeaders(status, hasBody ? bytes.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        speak();
        server.stop(0);
    }
}
