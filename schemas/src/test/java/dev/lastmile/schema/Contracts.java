package dev.lastmile.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.NullMarked;

/** The contracts as the tests see them: today's files, and the versions that were kept. */
@NullMarked
final class Contracts {

    static final List<Schema> GENERATED = List.of(
            InferenceEvent.getClassSchema(),
            GroundTruthEvent.getClassSchema(),
            SliceStatisticsEvent.getClassSchema(),
            AlertEvent.getClassSchema(),
            DeadLetterEvent.getClassSchema());

    private static final Path TODAY = Path.of("src/main/avro");
    private static final Path KEPT = Path.of("src/test/resources/kept");

    private Contracts() {}

    static List<String> names() {
        return GENERATED.stream().map(Schema::getName).toList();
    }

    /** Today's contract, parsed from its file alone, as a customer would. */
    static Schema today(String name) {
        return parse(TODAY.resolve(name + ".avsc"));
    }

    /** Every kept version, oldest first. */
    static List<Schema> kept(String name) {
        try (Stream<Path> files = Files.list(KEPT.resolve(name))) {
            return files.sorted(Comparator.comparingInt(Contracts::version))
                    .map(Contracts::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Schema parse(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Schema parse(String json) {
        return new Schema.Parser().parse(json);
    }

    /** The schema without what only Java reads. */
    static Schema withoutJavaProperties(Schema schema) {
        return parse(schema.toString()
                .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"")
                .replace(",\"avro.java.string\":\"String\"", ""));
    }

    private static int version(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf('.')));
    }
}
