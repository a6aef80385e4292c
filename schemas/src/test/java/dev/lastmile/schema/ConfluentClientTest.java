package dev.lastmile.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
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
import org.apache.kafka.common.utils.AppInfoParser;
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
            "org/apache/pinot/shaded/com/fasterxml/jackson/",
            "org/apache/pinot/shaded/com/google/common/",
            "META-INF/");

    @Test
    void onlyTheWhitelistIsRedistributed() throws Exception {
        List<String> files = filesOf(KafkaAvroSerializer.class);

        assertThat(files).hasSizeGreaterThan(3_000);
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
    void theNoticeNamesWhatIsRedistributedAndTheLicencesAreThere() throws Exception {
        assertThat(textOf("META-INF/NOTICE"))
                .contains(
                        "kafka-avro-serializer 7.9.5",
                        "pinot-confluent-avro:1.5.0",
                        "Jackson",
                        "Guava",
                        "Apache License 2.0");
        assertThat(textOf("META-INF/LICENSE")).contains("Apache License", "Version 2.0, January 2004");
        assertThat(filesOf(KafkaAvroSerializer.class))
                .contains(
                        "META-INF/FastDoubleParser-LICENSE",
                        "META-INF/FastDoubleParser-NOTICE",
                        "META-INF/thirdparty-LICENSE");
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
        Path origin = originOf(KafkaAvroSerializer.class);
        if (Files.isDirectory(origin)) {
            return Files.readString(origin.resolve(file));
        }
        try (FileSystem jar = FileSystems.newFileSystem(origin);
                InputStream text = Files.newInputStream(jar.getPath(file))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
