package dev.lastmile.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.schemaregistry.utils.JacksonMapper;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.utils.internals.AppInfoParser;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the repackaged client brings, and what it must not bring. */
@NullMarked
class ConfluentClientTest {

    private static final List<String> ALLOWED = List.of(
            "io/confluent/kafka/schemaregistry/",
            "io/confluent/kafka/serializers/",
            "io/confluent/common/",
            "io/confluent/logredactor/",
            "org/apache/pinot/shaded/com/google/common/",
            "META-INF/");

    @Test
    void onlyTheWhitelistIsRedistributed() throws Exception {
        List<String> files = filesOf(KafkaAvroSerializer.class);

        assertThat(files).hasSizeGreaterThan(2_000);
        assertThat(files).allMatch(file -> ALLOWED.stream().anyMatch(file::startsWith));
    }

    @Test
    void kafkaIsTheVersionOfThisBuild() throws Exception {
        assertThat(AppInfoParser.getVersion()).isEqualTo(System.getProperty("kafka.version"));
        assertThat(originOf(KafkaProducer.class).getFileName())
                .hasToString("kafka-clients-" + System.getProperty("kafka.version") + ".jar");
        assertThat(copiesOf("org/apache/kafka/clients/producer/KafkaProducer.class"))
                .isEqualTo(1);
    }

    @Test
    void avroComesFromItsOwnJar() throws Exception {
        assertThat(originOf(Schema.class).getFileName())
                .hasToString("avro-" + System.getProperty("avro.version") + ".jar");
        assertThat(copiesOf("org/apache/avro/Schema.class")).isEqualTo(1);
    }

    @Test
    void jacksonIsTheVersionOfThisBuildAndNotACopyThatGetsNoFixes() throws Exception {
        assertThat(originOf(JacksonMapper.INSTANCE.getClass()).getFileName())
                .hasToString("jackson-databind-" + System.getProperty("jackson.version") + ".jar");
        assertThat(JacksonMapper.INSTANCE.getRegisteredModuleIds()).isNotEmpty();
        for (String file : filesOf(KafkaAvroSerializer.class)) {
            if (file.startsWith("io/confluent/")) {
                assertThat(textOf(file, StandardCharsets.ISO_8859_1))
                        .as(file)
                        .doesNotContain("org/apache/pinot/shaded/com/fasterxml");
            }
        }
    }

    /** The only class that needs Jackson's CSV module is private to the client, and a setting that is seldom used reaches it. */
    @Test
    void theCsvModuleIsThereToo() throws Exception {
        Class<?> type = Class.forName("io.confluent.kafka.serializers.AbstractKafkaSchemaSerDe$ListPropertyParser");
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Method parse = type.getDeclaredMethod("parse", String.class);
        parse.setAccessible(true);

        assertThat(parse.invoke(constructor.newInstance(), "a,'b,c'")).isEqualTo(List.of("a", "b,c"));
    }

    @Test
    void theNoticeNamesWhatIsRedistributedAndTheLicenceIsThere() throws Exception {
        assertThat(textOf("META-INF/NOTICE"))
                .contains("pinot-confluent-avro:" + System.getProperty("pinot.version"), "Apache License 2.0");
        assertThat(textOf("META-INF/LICENSE")).contains("Apache License", "Version 2.0, January 2004");
    }

    @Test
    void theSbomNamesThePartsThatTheNoticeNames() throws Exception {
        String notice = textOf("META-INF/NOTICE").replaceAll("\\s+", " ");
        JsonNode sbom = new ObjectMapper().readTree(textOf("META-INF/sbom/lastmile-confluent-client.cdx.json"));

        assertThat(sbom.get("components")).hasSize(8);
        for (JsonNode part : sbom.get("components")) {
            String name = part.get("name").asText();
            String version = part.get("version").asText();
            assertThat(part.get("purl").asText())
                    .isEqualTo("pkg:maven/" + part.get("group").asText() + "/" + name + "@" + version);
            // "a, b 1.2" gives a and b the same version.
            assertThat(notice).containsPattern("\\b" + name + "(, [a-z-]+)* " + version + "\\b");
        }
    }

    private static Path originOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static int copiesOf(String resource) throws IOException {
        return Collections.list(ConfluentClientTest.class.getClassLoader().getResources(resource))
                .size();
    }

    /** The files of the archive or folder that a class comes from. */
    private static List<String> filesOf(Class<?> type) throws IOException, URISyntaxException {
        Path origin = originOf(type);
        if (Files.isDirectory(origin)) {
            return filesUnder(origin);
        }
        try (FileSystem jar = FileSystems.newFileSystem(origin)) {
            return filesUnder(jar.getPath("/"));
        }
    }

    private static List<String> filesUnder(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .toList();
        }
    }

    private static String textOf(String file) throws IOException, URISyntaxException {
        return textOf(file, StandardCharsets.UTF_8);
    }

    private static String textOf(String file, Charset charset) throws IOException, URISyntaxException {
        Path origin = originOf(KafkaAvroSerializer.class);
        if (Files.isDirectory(origin)) {
            return Files.readString(origin.resolve(file), charset);
        }
        try (FileSystem jar = FileSystems.newFileSystem(origin)) {
            return Files.readString(jar.getPath(file), charset);
        }
    }
}
