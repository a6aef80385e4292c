package dev.lastmile.faults.fuzz.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.fuzz.run.Corpus;
import dev.lastmile.faults.fuzz.run.Report;
import dev.lastmile.faults.fuzz.run.Run;
import dev.lastmile.topology.EventDecoder;
import dev.lastmile.topology.Intake;
import dev.lastmile.topology.RefusalReason;
import dev.lastmile.topology.SourceRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

/** Decoders that are wrong, each of which the fuzzer must find. */
class PlantedBugsTest {

    private static final Corpus CORPUS = corpus();
    private static final int FRAME_BYTES = 5;

    private static Corpus corpus() {
        try {
            return Corpus.in(Path.of("src", "test", "resources", "corpus"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Report run(RecordFuzzer.Between bug) throws Exception {
        try (RecordFuzzer fuzzer = new RecordFuzzer(bug)) {
            return Run.of(fuzzer, CORPUS, 1, 50_000);
        }
    }

    private static SourceRecord with(SourceRecord source, byte[] value) {
        return new SourceRecord(
                source.topic(), source.partition(), source.offset(), source.appendMs(), source.key(), value);
    }

    @Test
    void aDecoderThatIgnoresTrailingBytes() throws Exception {
        Report report = run((decoder, world) -> source -> {
            Intake.OfRecord intake = decoder.decode(source);
            boolean isBad = intake instanceof Intake.Refused refused && refused.reason() == RefusalReason.BAD_AVRO;
            return isBad ? decoder.decode(withoutTrailing(source, world)) : intake;
        });

        assertThat(report.findings()).isNotEmpty();
        assertThat(report.findings().get(0)).contains("should be BAD_AVRO");
    }

    private static SourceRecord withoutTrailing(SourceRecord source, World world) {
        byte[] value = source.value();
        if (value == null) {
            return source;
        }
        Schema writer =
                world.usable(source.topic().name(), ByteBuffer.wrap(value).getInt(1));
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, FRAME_BYTES, value.length - FRAME_BYTES, null);
        try {
            new GenericDatumReader<Object>(writer).read(null, in);
            return with(
                    source, Arrays.copyOf(value, value.length - in.inputStream().available()));
        } catch (IOException | RuntimeException e) {
            return source;
        }
    }

    @Test
    void aDecoderThatMakesTextOfWhatIsNone() throws Exception {
        Report report = run((decoder, world) -> source -> {
            byte[] value = source.value();
            if (value == null || value.length < FRAME_BYTES) {
                return decoder.decode(source);
            }
            return decoder.decode(with(source, repaired(value)));
        });

        assertThat(report.findings()).isNotEmpty();
    }

    /** Every octet that begins no character is a question mark. */
    private static byte[] repaired(byte[] value) {
        String tail = new String(value, FRAME_BYTES, value.length - FRAME_BYTES, StandardCharsets.ISO_8859_1);
        byte[] repaired = value.clone();
        for (int i = 0; i < tail.length(); i++) {
            if (tail.charAt(i) == 0xFF) {
                repaired[FRAME_BYTES + i] = '?';
            }
        }
        return repaired;
    }

    @Test
    void aDecoderThatGivesAnotherReason() throws Exception {
        Report report = run((decoder, world) -> source -> {
            Intake.OfRecord intake = decoder.decode(source);
            return intake instanceof Intake.Refused refused && refused.reason() == RefusalReason.UNKNOWN_SCHEMA
                    ? new Intake.Refused(RefusalReason.SCHEMA_NOT_FOR_TOPIC, source, null, null)
                    : intake;
        });

        assertThat(report.findings().get(0)).contains("should be UNKNOWN_SCHEMA");
    }

    @Test
    void aDecoderThatThrows() throws Exception {
        EventDecoder throwing = source -> {
            throw new ArithmeticException("planted");
        };

        assertThat(run((decoder, world) -> throwing).findings().get(0)).contains("ArithmeticException: planted");
    }
}
