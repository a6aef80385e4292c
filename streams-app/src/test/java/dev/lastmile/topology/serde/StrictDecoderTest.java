package dev.lastmile.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.topology.Intake;
import dev.lastmile.topology.RefusalReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictDecoderTest {

    private static final int FRAME_BYTES = 5;

    private final StrictDecoder decoder = new StrictDecoder();

    private StrictDecoder over(String hex) {
        decoder.readFrom(HexFormat.of().parseHex(hex.replace(" ", "")), 0);
        return decoder;
    }

    @Test
    void numbersAreThoseThatAvroWrites() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            encoder.writeLong(number);
            encoder.writeInt((int) number);
            encoder.writeDouble((double) number);
            encoder.writeFloat((float) number);

            decoder.readFrom(bytes.toByteArray(), 0);

            assertThat(decoder.readLong()).isEqualTo(number);
            assertThat(decoder.readInt()).isEqualTo((int) number);
            assertThat(decoder.readDouble()).isEqualTo((double) number);
            assertThat(decoder.readFloat()).isEqualTo((float) number);
            assertThat(decoder.isEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"80 00, 0", "81 80 80 80 00, -1", "ff ff ff ff 0f, -2147483648", "fe ff ff ff 0f, 2147483647"})
    void aNumberMayTakeMoreBytesThanItNeeds(String hex, int number) throws IOException {
        assertThat(over(hex).readInt()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff ff ff ff 10", "80 80 80 80 7f", "80 80 80 80 80 00", "80", ""})
    void anIntOfMoreThan32BitsIsNone(String hex) {
        assertThatThrownBy(() -> over(hex).readInt()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"80 80 80 80 80 80 80 80 80 02", "80 80 80 80 80 80 80 80 80 80 00", "80 80 80 80 80 80 80 80 80"
            })
    void aLongOfMoreThan64BitsIsNone(String hex) {
        assertThatThrownBy(() -> over(hex).readLong()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"02 c3", "04 c0 80", "06 ed a0 80", "02 ff", "04 61 ff", "01", "04 61", "feffffff0f 61"})
    void textThatIsNoneIsNotMadeToBeSome(String hex) {
        assertThatThrownBy(() -> over(hex).readString()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> over(hex).readString(null)).isInstanceOf(IOException.class);
    }

    @Test
    void theCharacterThatOthersReplaceWithMayBeSent() throws IOException {
        assertThat(over("06 ef bf bd").readString()).isEqualTo("\uFFFD");
        assertThat(over("06 ef bf bd").readString(null).toString()).isEqualTo("\uFFFD");
        assertThat(over("08 f0 9f 98 80").readString()).isEqualTo("\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "ff ff ff ff 0f", "04 61"})
    void aLengthIsLookedAtEvenWhereNobodyAsksForWhatItIsOf(String hex) {
        assertThatThrownBy(() -> over(hex).skipString()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> over(hex).skipBytes()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> over(hex).readBytes(null)).isInstanceOf(IOException.class);
    }

    @Test
    void aBlockIsSkippedItemByItemWhateverItsSizeIsSaidToBe() throws IOException {
        assertThat(over("03 04 02 02 00").skipArray()).isEqualTo(2);
        assertThat(over("00").skipMap()).isZero();
        assertThatThrownBy(() -> over("03 01 02 02 00").skipArray()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff ff ff ff ff ff ff ff ff 01 00", "fe ff ff ff ff ff ff ff ff 01 00", "06 00 00"})
    void aBlockOfMoreItemsThanThereAreBytesIsNone(String hex) {
        assertThatThrownBy(() -> over(hex).readArrayStart()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> over(hex).skipMap()).isInstanceOf(IOException.class);
    }

    @Test
    void aCollectionHasOnlySoManyItemsInHoweverManyBlocks() throws IOException {
        byte[] bytes = new byte[3 * StrictDecoder.MOST_ITEMS];
        byte[] most = new ByteWriter().number(StrictDecoder.MOST_ITEMS).toByteArray();
        System.arraycopy(most, 0, bytes, 0, most.length);
        bytes[most.length] = 2;
        decoder.readFrom(bytes, 0);

        assertThat(decoder.readMapStart()).isEqualTo(StrictDecoder.MOST_ITEMS);
        assertThatThrownBy(decoder::mapNext).isInstanceOf(IOException.class);
    }

    @Test
    void aBooleanIsOneOfTwo() throws IOException {
        assertThat(over("01").readBoolean()).isTrue();
        assertThat(over("00").readBoolean()).isFalse();
        assertThatThrownBy(() -> over("02").readBoolean()).isInstanceOf(IOException.class);
    }

    /** What Avro's own decoder takes, and what others who read the topic would not read the same. */
    @Test
    void twoValuesThatAreNoTextAreNotCountedAsOne() {
        Wire wire = new Wire();
        byte[] good = wire.bytes(
                Wire.inference().setAttributes(Map.of("accent", "sc?ttish")).build());
        int at = new String(good, StandardCharsets.ISO_8859_1).indexOf("sc?ttish") + 2;
        byte[] bad = good.clone();
        bad[at] = (byte) 0xF6;

        assertThat(wire.decode(Wire.INFERENCES, good)).isInstanceOf(Intake.AnInference.class);
        assertThat(wire.decode(Wire.INFERENCES, bad))
                .isInstanceOfSatisfying(Intake.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(RefusalReason.BAD_AVRO));
    }

    @Test
    void aFieldThatIsSkippedMustBeADatumToo() throws IOException {
        Wire wire = new Wire();
        Schema contract = InferenceEvent.getClassSchema();
        Schema extended = new Schema.Parser()
                .parse(contract.toString()
                        .replaceFirst(
                                "\"fields\":\\[",
                                "\"fields\":[{\"name\":\"more\",\"type\":{\"type\":\"array\",\"items\":\"string\"}},"));
        int id = wire.register(Wire.INFERENCES, extended);
        byte[] datum = Arrays.copyOfRange(
                wire.bytes(Wire.inference().build()),
                FRAME_BYTES,
                wire.bytes(Wire.inference().build()).length);
        byte[] more = encoded(
                extended.getField("more").schema(),
                new GenericData.Array<>(extended.getField("more").schema(), java.util.List.of("a", "b")));

        assertThat(wire.decode(Wire.INFERENCES, Wire.framed(id, joined(more, datum))))
                .isInstanceOf(Intake.AnInference.class);
        // One text of a length below zero.
        assertThat(wire.decode(Wire.INFERENCES, Wire.framed(id, joined(new byte[] {2, 3, 0}, datum))))
                .isInstanceOf(Intake.Refused.class);
        // A block that says of itself that it has no bytes.
        assertThat(wire.decode(Wire.INFERENCES, Wire.framed(id, joined(new byte[] {1, 0, 0}, datum))))
                .isInstanceOf(Intake.Refused.class);
    }

    private static byte[] encoded(Schema schema, Object datum) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new GenericDatumWriter<>(schema).write(datum, EncoderFactory.get().directBinaryEncoder(bytes, null));
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }
}
