package dev.lastmile.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.topology.RefusalReason;
import dev.lastmile.topology.SchemaSource.Resolution;
import dev.lastmile.topology.serde.RegistrySchemas;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registry, or what stands before it, that does not answer as it should. */
class RegistryHttpTest {

    private static final String TOPIC = "lastmile.st-marys.inferences.v1";
    private static final String SCHEMA = "{\"schema\": \"\\\"string\\\"\"}";
    private static final String CONTRACT = new ObjectMapper()
            .createObjectNode()
            .put("schema", InferenceEvent.getClassSchema().toString())
            .toString();

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private Answering answering = RegistryHttpTest::schema;

    private interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    RegistryHttpTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            try (exchange) {
                answering.answer(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void schema(HttpExchange exchange) throws IOException {
        answer(exchange, SCHEMA);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private SchemaRegistryClient client() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        return new CachedSchemaRegistryClient(new RegistryHttp(List.of(url)), 10, List.of(), Map.of(), Map.of());
    }

    @Test
    void anAnswerIsRead() throws Exception {
        assertThat(client().getSchemaById(7).canonicalString()).isEqualTo("\"string\"");
    }

    @Test
    void anAnswerOfTenMegabytesIsNot() {
        answering = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 10; i++) {
                exchange.getResponseBody().write(blanks);
            }
            exchange.getResponseBody().write(SCHEMA.getBytes(StandardCharsets.UTF_8));
        };

        assertThatThrownBy(() -> client().getSchemaById(7))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 4194304 bytes");
    }

    @Test
    void nobodyIsFollowed() {
        answering = exchange -> {
            exchange.getResponseHeaders()
                    .add("Location", "http://localhost:" + server.getAddress().getPort() + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        };

        assertThatThrownBy(() -> client().getSchemaById(7))
                .isInstanceOfSatisfying(RestClientException.class, failure -> assertThat(failure.getStatus())
                        .isEqualTo(302));
        assertThat(asked).hasValue(1);
    }

    @Test
    void anErrorIsTold() {
        answering = exchange -> {
            byte[] body = "{\"error_code\": 40403, \"message\": \"Schema not found\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, body.length);
            exchange.getResponseBody().write(body);
        };

        assertThatThrownBy(() -> client().getSchemaById(7))
                .isInstanceOfSatisfying(RestClientException.class, failure -> assertThat(failure.getErrorCode())
                        .isEqualTo(40403));
    }

    private static void tenMegabytes(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 10; i++) {
            exchange.getResponseBody().write(blanks);
        }
    }

    private Resolution resolved() {
        return new RegistrySchemas(client(), System::nanoTime).resolve(7, TOPIC, InferenceEvent.getClassSchema());
    }

    /** It would wait for ever, and with it whatever its topic sends. */
    @Test
    void aSchemaThatIsTooLongIsRejectedWhereTheRegistryIsWell() {
        answering = exchange -> {
            if (asksForSubjects(exchange)) {
                subjects(exchange);
            } else {
                tenMegabytes(exchange);
            }
        };

        assertThat(resolved()).isEqualTo(new Resolution.Refused(RefusalReason.SCHEMA_REJECTED));
    }

    /** For a minute all records of the schema would be put away as its customer's mistake. */
    @Test
    void aRegistryThatIsWellAgainAfterAnAnswerThatWasTooLongRejectsNothing() {
        answering = exchange -> {
            if (asksForSubjects(exchange)) {
                subjects(exchange);
            } else if (asked.get() == 1) {
                tenMegabytes(exchange);
            } else {
                answer(exchange, CONTRACT);
            }
        };

        assertThat(resolved()).isInstanceOf(Resolution.Usable.class);
    }

    private static boolean asksForSubjects(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().endsWith("/subjects");
    }

    private static void subjects(HttpExchange exchange) throws IOException {
        answer(exchange, "[\"" + TOPIC + "-value\"]");
    }

    @Test
    void aRegistryOfWhichAllAnswersAreTooLongRejectsNothing() {
        answering = RegistryHttpTest::tenMegabytes;

        assertThat(resolved()).isEqualTo(new Resolution.Unavailable());
    }
}
