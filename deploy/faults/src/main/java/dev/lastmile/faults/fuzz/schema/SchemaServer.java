package dev.lastmile.faults.fuzz.schema;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Answers what a schema registry is asked about ids, with any text for a schema: what a registry would refuse too. */
final class SchemaServer implements AutoCloseable {

    private static final int IDS = 3;
    private static final int OF_AN_ID = 4;

    private final HttpServer server;
    private final ObjectMapper json = new ObjectMapper();
    private final String subject;
    private final Map<Integer, byte[]> schemas = new ConcurrentHashMap<>();

    private SchemaServer(HttpServer server, String subject) {
        this.server = server;
        this.subject = subject;
    }

    /** All of whose schemas are of one subject. */
    static SchemaServer of(String subject) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SchemaServer registry = new SchemaServer(server, subject);
        server.createContext("/", registry::answer);
        server.start();
        return registry;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Has this schema under the id, and none but this one. */
    void offer(int id, String text, int references) throws IOException {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("schema", text);
        if (references > 0) {
            schema.put(
                    "references",
                    IntStream.range(0, references)
                            .mapToObj(i -> Map.of("name", "R" + i, "subject", "s" + i, "version", 1))
                            .toList());
        }
        schemas.clear();
        schemas.put(id, json.writeValueAsBytes(schema));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] parts = exchange.getRequestURI().getPath().split("/", -1);
            boolean isId = parts.length > IDS && parts[1].equals("schemas") && parts[2].equals("ids");
            byte[] schema = isId ? schemas.get(Integer.parseInt(parts[IDS])) : null;
            if (schema == null) {
                send(
                        exchange,
                        404,
                        "{\"error_code\":40403,\"message\":\"Schema not found\"}".getBytes(StandardCharsets.UTF_8));
            } else if (parts.length > OF_AN_ID) {
                send(exchange, 200, json.writeValueAsBytes(List.of(subject)));
            } else {
                send(exchange, 200, schema);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
