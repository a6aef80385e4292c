package dev.lastmile.local.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The genuine client and serializers against the embedded registry. */
final class EmbeddedRegistryTest {

    private static final String SUBJECT = "lastmile.st-marys.inferences.v1-value";
    private static final Schema FIRST = schema("{'name': 'text', 'type': 'string'}");
    private static final Schema WITH_OPTIONAL =
            schema("{'name': 'text', 'type': 'string'}, {'name': 'more', 'type': 'int', 'default': 0}");
    private static final Schema WITH_REQUIRED =
            schema("{'name': 'text', 'type': 'string'}, {'name': 'more', 'type': 'int'}");

    private EmbeddedRegistry registry;
    private SchemaRegistryClient client;

    @BeforeEach
    void start() throws Exception {
        registry = EmbeddedRegistry.start();
        client = freshClient();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        registry.close();
    }

    @Test
    void whatTheGenuineSerializerWritesTheGenuineDeserializerReads() throws Exception {
        Map<String, String> settings = Map.of("schema.registry.url", registry.url());
        GenericRecord sent = new GenericData.Record(FIRST);
        sent.put("text", "the ward is quiet tonight");

        byte[] bytes;
        try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
            serializer.configure(settings, false);
            bytes = serializer.serialize("lastmile.st-marys.inferences.v1", sent);
        }

        try (KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer()) {
            deserializer.configure(settings, false);
            assertThat(deserializer.deserialize("lastmile.st-marys.inferences.v1", bytes))
                    .hasToString(sent.toString());
        }
        assertThat(client.getAllSubjects()).containsExactly(SUBJECT);
    }

    @Test
    void oneSchemaHasOneIdUnderEverySubject() throws Exception {
        int id = client.register(SUBJECT, new AvroSchema(FIRST));
        int again = freshClient().register("lastmile.other.inferences.v1-value", new AvroSchema(FIRST));

        assertThat(again).isEqualTo(id);
        assertThat(client.getAllSubjectsById(id))
                .containsExactlyInAnyOrder(SUBJECT, "lastmile.other.inferences.v1-value");
        assertThat(get("/schemas/ids/" + id + "/versions")).contains(SUBJECT).contains("\"version\":1");
        assertThat(client.getId(SUBJECT, new AvroSchema(FIRST))).isEqualTo(id);
    }

    @Test
    void aCompatibleSchemaBecomesTheNextVersion() throws Exception {
        client.register(SUBJECT, new AvroSchema(FIRST));
        int second = client.register(SUBJECT, new AvroSchema(WITH_OPTIONAL));

        assertThat(client.getAllVersions(SUBJECT)).containsExactly(1, 2);
        assertThat(client.getLatestSchemaMetadata(SUBJECT).getId()).isEqualTo(second);
        assertThat(client.getSchemaMetadata(SUBJECT, 1).getSchema()).isEqualTo(FIRST.toString());
        assertThat(client.getVersion(SUBJECT, new AvroSchema(WITH_OPTIONAL))).isEqualTo(2);
    }

    @Test
    void anIncompatibleSchemaIsRefusedUntilTheLevelAllowsIt() throws Exception {
        client.register(SUBJECT, new AvroSchema(FIRST));

        assertThatThrownBy(() -> client.register(SUBJECT, new AvroSchema(WITH_REQUIRED)))
                .isInstanceOfSatisfying(RestClientException.class, refusal -> {
                    assertThat(refusal.getStatus()).isEqualTo(409);
                    assertThat(refusal.getErrorCode()).isEqualTo(409);
                });

        put("/config/" + SUBJECT, "{\"compatibility\": \"NONE\"}");
        assertThat(client.register(SUBJECT, new AvroSchema(WITH_REQUIRED))).isPositive();
        assertThat(get("/config/" + SUBJECT)).isEqualTo("{\"compatibilityLevel\":\"NONE\"}");
        assertThat(get("/config")).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
    }

    @Test
    void anUnknownIdIsNotFoundWithConfluentsCode() {
        assertThatThrownBy(() -> client.getSchemaById(4711))
                .isInstanceOfSatisfying(RestClientException.class, refusal -> {
                    assertThat(refusal.getStatus()).isEqualTo(404);
                    assertThat(refusal.getErrorCode()).isEqualTo(40403);
                });
    }

    @Test
    void unknownSubjectsAndVersionsHaveCodesOfTheirOwn() throws Exception {
        client.register(SUBJECT, new AvroSchema(FIRST));

        assertThatThrownBy(() -> client.getAllVersions("nobody-value"))
                .isInstanceOfSatisfying(RestClientException.class, refusal -> assertThat(refusal.getErrorCode())
                        .isEqualTo(40401));
        assertThatThrownBy(() -> client.getSchemaMetadata(SUBJECT, 7))
                .isInstanceOfSatisfying(RestClientException.class, refusal -> assertThat(refusal.getErrorCode())
                        .isEqualTo(40402));
    }

    @Test
    void rubbishIsRefusedAndTheServerGoesOn() throws Exception {
        assertThat(post("not json").statusCode()).isEqualTo(400);
        assertThat(post("{}").body()).contains("42201");
        assertThat(post("{\"schema\": \"{\\\"type\\\": \\\"nonsense\\\"}\"}").body())
                .contains("42201");

        assertThat(client.register(SUBJECT, new AvroSchema(FIRST))).isPositive();
        assertThat(client.getMode()).isEqualTo("READWRITE");
    }

    @Test
    void aTakenPortIsOneLine() {
        int port = URI.create(registry.url()).getPort();

        assertThatThrownBy(() -> EmbeddedRegistry.start(port))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("port " + port + " on 127.0.0.1 is taken");
    }

    private SchemaRegistryClient freshClient() {
        return new CachedSchemaRegistryClient(registry.url(), 100);
    }

    private HttpResponse<String> post(String body) throws Exception {
        return send(request("/subjects/" + SUBJECT + "/versions").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private void put(String path, String body) throws Exception {
        assertThat(send(request(path).PUT(HttpRequest.BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(200);
    }

    private String get(String path) throws Exception {
        return send(request(path).GET()).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(registry.url() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Schema schema(String fields) {
        return new Schema.Parser()
                .parse(("{'type': 'record', 'name': 'Said', 'fields': [" + fields + "]}").replace('\'', '"'));
    }
}
