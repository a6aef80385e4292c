package dev.lastmile.local.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A schema registry on loopback that answers the part of Confluent's HTTP interface which its own client uses. Schemas are
 * Avro, held in memory; the default compatibility is BACKWARD, as it is there. Nothing can be deleted.
 */
public final class EmbeddedRegistry implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int THREADS = 4;
    private static final int MAX_BODY_BYTES = 1 << 20;

    private final ObjectMapper json = new ObjectMapper();
    private final SchemaStore store = new SchemaStore();
    private final HttpServer server;
    private final ExecutorService threads;

    private EmbeddedRegistry(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** A registry on any free port. */
    public static EmbeddedRegistry start() throws IOException {
        return start(0);
    }

    /**
     * A registry on the port.
     *
     * @param port 0 for any free one
     * @throws BindException when the port is taken; its message is one line for people
     */
    public static EmbeddedRegistry start(int port) throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException e) {
            BindException taken = new BindException(
                    "port " + port + " on " + HOST + " is taken: stop what listens there or give another port");
            taken.initCause(e);
            throw taken;
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "embedded-registry");
            thread.setDaemon(true);
            return thread;
        });
        EmbeddedRegistry registry = new EmbeddedRegistry(server, threads);
        server.setExecutor(threads);
        server.createContext("/", registry::handle);
        server.start();
        return registry;
    }

    /** For a client's {@code schema.registry.url}. */
    public String url() {
        return "http://" + HOST + ":" + server.getAddress().getPort();
    }

    /** Stops listening; what was registered is gone. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                Object answer = answer(exchange.getRequestMethod(), path(exchange), body(exchange));
                send(exchange, 200, answer);
            } catch (Refusal refusal) {
                send(
                        exchange,
                        refusal.status(),
                        Map.of("error_code", refusal.errorCode(), "message", String.valueOf(refusal.getMessage())));
            }
        }
    }

    private Object answer(String method, List<String> path, JsonNode body) throws Refusal {
        String resource = path.isEmpty() ? "" : path.get(0);
        return switch (resource) {
            case "" -> Map.of();
            case "subjects" -> subjects(method, path, body);
            case "schemas" -> schemas(method, path);
            case "config" -> config(method, path, body);
            case "mode" -> mode(method, path);
            default -> throw notFound();
        };
    }

    private Object subjects(String method, List<String> path, JsonNode body) throws Refusal {
        if (path.size() == 1) {
            requireMethod("GET", method);
            return store.subjects();
        }
        String subject = path.get(1);
        if (path.size() == 2) {
            requireMethod("POST", method);
            return described(store.lookUp(subject, schemaIn(body)));
        }
        if (!path.get(2).equals("versions") || path.size() > 4) {
            throw notFound();
        }
        if (path.size() == 4) {
            requireMethod("GET", method);
            return described(store.version(subject, path.get(3)));
        }
        if (method.equals("POST")) {
            return Map.of("id", store.register(subject, schemaIn(body)).id());
        }
        requireMethod("GET", method);
        return store.versions(subject);
    }

    private Object schemas(String method, List<String> path) throws Refusal {
        requireMethod("GET", method);
        if (path.size() == 2 && path.get(1).equals("types")) {
            return List.of("AVRO");
        }
        if (path.size() < 3 || path.size() > 4 || !path.get(1).equals("ids")) {
            throw notFound();
        }
        int id = idIn(path.get(2));
        if (path.size() == 3) {
            return Map.of("schema", store.schema(id));
        }
        return switch (path.get(3)) {
            case "subjects" ->
                store.versionsOf(id).stream().map(SchemaStore.Version::subject).toList();
            case "versions" ->
                store.versionsOf(id).stream()
                        .map(version -> Map.of("subject", version.subject(), "version", version.version()))
                        .toList();
            default -> throw notFound();
        };
    }

    private Object config(String method, List<String> path, JsonNode body) throws Refusal {
        if (path.size() > 2) {
            throw notFound();
        }
        if (method.equals("PUT")) {
            String name = body.path("compatibility").asText();
            Compatibility level = Compatibility.parse(name).orElseThrow(() -> Refusal.invalidCompatibility(name));
            if (path.size() == 1) {
                store.require(level);
            } else {
                store.require(path.get(1), level);
            }
            return Map.of("compatibility", level.name());
        }
        requireMethod("GET", method);
        Compatibility level = path.size() == 1 ? store.compatibility() : store.compatibility(path.get(1));
        return Map.of("compatibilityLevel", level.name());
    }

    private static Object mode(String method, List<String> path) throws Refusal {
        requireMethod("GET", method);
        if (path.size() > 2) {
            throw notFound();
        }
        return Map.of("mode", "READWRITE");
    }

    private static Map<String, Object> described(SchemaStore.Version version) {
        return Map.of(
                "subject", version.subject(),
                "version", version.version(),
                "id", version.id(),
                "schema", version.schema());
    }

    private static String schemaIn(JsonNode body) throws Refusal {
        if (!body.path("schemaType").asText("AVRO").equals("AVRO")) {
            throw Refusal.invalidSchema("only AVRO is served here");
        }
        if (body.path("references").size() > 0) {
            throw Refusal.invalidSchema("references are not served here");
        }
        if (!body.path("schema").isTextual()) {
            throw Refusal.invalidSchema("no schema in the request");
        }
        return body.path("schema").textValue();
    }

    private static int idIn(String text) throws Refusal {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw notFound();
        }
    }

    private static void requireMethod(String required, String method) throws Refusal {
        if (!required.equals(method)) {
            throw new Refusal(405, 405, "HTTP 405 Method Not Allowed");
        }
    }

    private static Refusal notFound() {
        return new Refusal(404, 404, "HTTP 404 Not Found");
    }

    private static List<String> path(HttpExchange exchange) {
        List<String> segments = new ArrayList<>();
        for (String segment : exchange.getRequestURI().getRawPath().split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return segments;
    }

    private JsonNode body(HttpExchange exchange) throws IOException, Refusal {
        byte[] bytes;
        try (InputStream in = exchange.getRequestBody()) {
            bytes = in.readNBytes(MAX_BODY_BYTES + 1);
        }
        if (bytes.length > MAX_BODY_BYTES) {
            throw new Refusal(413, 413, "HTTP 413 Request Entity Too Large");
        }
        try {
            return json.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new Refusal(400, 400, "the body is not JSON");
        }
    }

    private void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] bytes = json.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
