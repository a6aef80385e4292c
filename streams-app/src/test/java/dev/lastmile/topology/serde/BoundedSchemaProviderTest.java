package dev.lastmile.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.topology.RefusalReason;
import dev.lastmile.topology.SchemaSource.Resolution;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedSchemaProviderTest {

    private static final Schema CONTRACT = InferenceEvent.getClassSchema();
    private static final String TOPIC = "lastmile.st-marys.inferences.v1";
    private static final int LARGE = 4 << 20;

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> asked = new ArrayList<>();
    private final HttpServer server;
    private final RegistrySchemas schemas;
    private Map<String, Object> answer = Map.of();

    BoundedSchemaProviderTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            byte[] body = json.writeValueAsBytes(path.endsWith("/subjects") ? List.of(TOPIC + "-value") : answer);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        schemas = new RegistrySchemas(
                new CachedSchemaRegistryClient(
                        List.of("http://127.0.0.1:" + server.getAddress().getPort()),
                        10,
                        List.of(new BoundedSchemaProvider()),
                        Map.of(),
                        Map.of()),
                System::nanoTime);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Resolution resolve(String schema) {
        answer = Map.of("schema", schema);
        return schemas.resolve(7, TOPIC, CONTRACT);
    }

    private static Resolution rejected() {
        return new Resolution.Refused(RefusalReason.SCHEMA_REJECTED);
    }

    /** The contract with one more field. */
    private static String extended(String type) {
        return CONTRACT.toString()
                .replaceFirst("\"fields\":\\[", "\"fields\":[{\"name\":\"more\",\"type\":" + type + "},");
    }

    @Test
    void ourContractIsFarBelowTheLimits() {
        assertThat(CONTRACT.toString().length()).isLessThan(BoundedSchemaProvider.MAX_TEXT_LENGTH / 4);
        assertThat(resolve(extended("{\"type\":\"map\",\"values\":{\"type\":\"array\",\"items\":\"int\"}}")))
                .isInstanceOf(Resolution.Usable.class);
    }

    @Test
    void aSchemaOfMegabytesIsNotParsed() {
        assertThat(resolve(extended("\"int\",\"doc\":\"" + "x".repeat(LARGE) + "\"")))
                .isEqualTo(rejected());
    }

    @Test
    void aSchemaThatNestsDeeplyIsNotParsed() {
        assertThat(resolve(extended("{\"type\":\"array\",\"items\":".repeat(100) + "\"int\"" + "}".repeat(100))))
                .isEqualTo(rejected());
        assertThat(resolve("[".repeat(60_000))).isEqualTo(rejected());
    }

    @Test
    void whatCannotBeParsedIsNotPrinted() {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(resolve("{\"type\":\"canary-8d1f\"}")).isEqualTo(rejected());
        } finally {
            System.setErr(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void referencesAreNotFollowed() {
        answer = Map.of(
                "schema",
                CONTRACT.toString(),
                "references",
                List.of(Map.of("name", "Other", "subject", "other", "version", 1)));

        assertThat(schemas.resolve(7, TOPIC, CONTRACT)).isEqualTo(rejected());

        assertThat(asked).containsExactly("/schemas/ids/7");
    }
}
