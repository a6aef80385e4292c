package dev.lastmile.topology.serde;

import static dev.lastmile.topology.serde.Wire.INFERENCES;
import static dev.lastmile.topology.serde.Wire.TRUTHS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.event.Answer;
import dev.lastmile.schema.ErrorCounts;
import dev.lastmile.schema.EventLimits;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Quantity;
import dev.lastmile.schema.Transcript;
import dev.lastmile.topology.Intake;
import dev.lastmile.topology.RefusalReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroEventDecoderTest {

    private final Wire wire = new Wire();

    private static void assertRefused(RefusalReason reason, Intake intake) {
        assertThat(intake).isInstanceOfSatisfying(Intake.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.deployment()).isNull();
        });
    }

    @Test
    void anInferenceIsReadFieldByField() {
        Intake intake = wire.decode(
                INFERENCES,
                wire.bytes(Wire.inference()
                        .setConfidence(0.75)
                        .setSessionId("s1")
                        .setOtherOutputs(Map.of("v0", new Transcript("x")))
                        .setCustomer("st-marys")
                        .build()));

        assertThat(intake).isInstanceOfSatisfying(Intake.AnInference.class, an -> {
            assertThat(an.inference().deployment()).hasToString("st-marys/ward-7");
            assertThat(an.inference().modelVersion()).isEqualTo("v1");
            assertThat(an.inference().inferenceId()).isEqualTo("i1");
            assertThat(an.inference().occurredAtMs()).isEqualTo(Wire.NOON.toEpochMilli());
            assertThat(an.inference().attributes()).containsExactly(Map.entry("accent", "scottish"));
            assertThat(an.inference().output()).isEqualTo(new Answer.Label("yes"));
            assertThat(an.inference().confidence()).isEqualTo(0.75);
            assertThat(an.inference().sessionId()).isEqualTo("s1");
            assertThat(an.inference().otherOutputs()).containsExactly(Map.entry("v0", new Answer.Transcript("x")));
        });
    }

    @Test
    void aGroundTruthIsReadFieldByField() {
        Intake intake = wire.decode(TRUTHS, wire.bytes(Wire.truth().build()));

        assertThat(intake).isInstanceOfSatisfying(Intake.ATruth.class, a -> {
            assertThat(a.groundTruth().observedAtMs()).isEqualTo(Wire.NOON.toEpochMilli());
            assertThat(a.groundTruth().truth()).isEqualTo(new Answer.Quantity(1.5));
            assertThat(a.groundTruth().revision()).isEqualTo(2);
        });
    }

    @Test
    void nothingSaidIsAnAnswerOfAnInference() {
        Intake intake = wire.decode(
                INFERENCES, wire.bytes(Wire.inference().setOutput(null).build()));

        assertThat(intake).isInstanceOfSatisfying(Intake.AnInference.class, an -> assertThat(
                        an.inference().output())
                .isEqualTo(new Answer.Nothing()));
    }

    @Test
    void noValueOrNoKeyIsANullValue() {
        assertRefused(RefusalReason.NULL_VALUE, wire.decode(INFERENCES, null));
        assertRefused(
                RefusalReason.NULL_VALUE,
                wire.decode(INFERENCES, null, wire.bytes(Wire.inference().build())));
    }

    @Test
    void bytesWithoutAFrameAreABadFrame() {
        assertRefused(RefusalReason.BAD_FRAME, wire.decode(INFERENCES, new byte[0]));
        assertRefused(RefusalReason.BAD_FRAME, wire.decode(INFERENCES, new byte[] {0, 0, 0, 0}));
        assertRefused(RefusalReason.BAD_FRAME, wire.decode(INFERENCES, new byte[] {1, 0, 0, 0, 1, 2}));
        assertRefused(
                RefusalReason.BAD_FRAME,
                wire.decode(INFERENCES, "{\"deployment\":\"ward-7\"}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyCutAndEveryAppendedByteIsBadAvro() {
        byte[] whole = wire.bytes(Wire.inference().build());
        for (int length = Frame.HEADER_SIZE; length < whole.length; length++) {
            assertRefused(RefusalReason.BAD_AVRO, wire.decode(INFERENCES, Arrays.copyOf(whole, length)));
        }
        assertRefused(RefusalReason.BAD_AVRO, wire.decode(INFERENCES, Arrays.copyOf(whole, whole.length + 1)));
    }

    @Test
    void aRecordOfExactlyTheLimitIsReadAndAByteMoreIsTooLarge() {
        assertRefused(RefusalReason.BAD_FRAME, wire.decode(INFERENCES, new byte[0], filled(Wire.MAX_BYTES)));
        assertRefused(RefusalReason.TOO_LARGE, wire.decode(INFERENCES, new byte[0], filled(Wire.MAX_BYTES + 1)));
        assertRefused(RefusalReason.TOO_LARGE, wire.decode(INFERENCES, new byte[1], filled(Wire.MAX_BYTES)));
    }

    private static byte[] filled(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 1);
        return bytes;
    }

    @Test
    void anIdThatNobodyRegisteredIsAnUnknownSchema() {
        assertRefused(RefusalReason.UNKNOWN_SCHEMA, wire.decode(INFERENCES, Wire.framed(987_654, new byte[3])));
        assertRefused(RefusalReason.UNKNOWN_SCHEMA, wire.decode(TRUTHS, Wire.framed(-1, new byte[3])));
    }

    @Test
    void theSchemaOfTheOtherTopicIsNotForThisOne() {
        byte[] truth = wire.bytes(Wire.truth().build());

        assertRefused(RefusalReason.SCHEMA_NOT_FOR_TOPIC, wire.decode(INFERENCES, truth));
    }

    @Test
    void aSchemaWithoutARequiredFieldIsIncompatible() {
        Schema empty = Schema.createRecord("InferenceEvent", null, "dev.lastmile.schema", false, List.of());
        int id = wire.register(INFERENCES, empty);

        assertRefused(RefusalReason.SCHEMA_INCOMPATIBLE, wire.decode(INFERENCES, Wire.framed(id, new byte[0])));
    }

    @Test
    void anArrayOfNothingIsRejectedEvenInAFieldThatTheReaderSkips() {
        Schema extended = withField(
                new Schema.Field("later", Schema.createArray(Schema.create(Schema.Type.NULL)), null, List.of()));
        int id = wire.register(INFERENCES, extended);

        assertRefused(RefusalReason.SCHEMA_REJECTED, wire.decode(INFERENCES, Wire.framed(id, new byte[9])));
    }

    @Test
    void aFieldThatAlaterContractAddsIsSkipped() {
        Schema extended = withField(new Schema.Field("later", Schema.create(Schema.Type.LONG), null, 0L));
        int id = wire.register(INFERENCES, extended);
        GenericRecord datum = new GenericRecordBuilder(extended)
                .set("deployment", "ward-7")
                .set("model_version", "v1")
                .set("inference_id", "i1")
                .set("occurred_at", Wire.NOON.toEpochMilli())
                .set("later", 7L)
                .build();

        assertThat(wire.decode(INFERENCES, Wire.framed(id, encoded(datum)))).isInstanceOf(Intake.AnInference.class);
    }

    private static Schema withField(Schema.Field added) {
        Schema contract = InferenceEvent.getClassSchema();
        List<Schema.Field> fields = new java.util.ArrayList<>();
        contract.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(added);
        return Schema.createRecord(contract.getName(), null, contract.getNamespace(), false, fields);
    }

    private static byte[] encoded(GenericRecord datum) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(datum.getSchema()).write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static Stream<InferenceEvent> outOfRange() {
        Map<String, String> manyAttributes = new HashMap<>();
        Map<String, Object> manyOutputs = new HashMap<>();
        for (int i = 0; i <= EventLimits.MAX_ATTRIBUTES; i++) {
            manyAttributes.put("a" + i, "x");
        }
        for (int i = 0; i <= EventLimits.MAX_OTHER_OUTPUTS; i++) {
            manyOutputs.put("v" + i, new Label("x"));
        }
        return Stream.of(
                        Wire.inference().setOutput(new Quantity(Double.NaN)),
                        Wire.inference().setOutput(new Quantity(Double.POSITIVE_INFINITY)),
                        Wire.inference().setOutput(new Quantity(Double.NEGATIVE_INFINITY)),
                        Wire.inference().setOutput(new ErrorCounts(-1L, 1L)),
                        Wire.inference().setOutput(new ErrorCounts(1L, -1L)),
                        Wire.inference().setOutput(new ErrorCounts(Long.MAX_VALUE, 1L)),
                        Wire.inference().setOutput(new ErrorCounts(1L, EventLimits.MAX_COUNT + 1)),
                        Wire.inference().setOutput(new Label("")),
                        Wire.inference().setOutput(new Label("a\nb")),
                        Wire.inference().setOutput(new Label("x".repeat(EventLimits.MAX_LABEL_LENGTH + 1))),
                        Wire.inference().setOutput(new Transcript("x".repeat(EventLimits.MAX_TRANSCRIPT_LENGTH + 1))),
                        Wire.inference().setConfidence(2.0),
                        Wire.inference().setConfidence(-0.1),
                        Wire.inference().setConfidence(Double.NaN),
                        Wire.inference().setSessionId(""),
                        Wire.inference().setSessionId("a\u0000b"),
                        Wire.inference().setInferenceId(""),
                        Wire.inference().setInferenceId("a\u0000b"),
                        Wire.inference().setInferenceId("x".repeat(EventLimits.MAX_INFERENCE_ID_LENGTH + 1)),
                        Wire.inference().setModelVersion(""),
                        Wire.inference().setModelVersion("v\u001B[31m1"),
                        Wire.inference().setModelVersion("x".repeat(EventLimits.MAX_MODEL_VERSION_LENGTH + 1)),
                        Wire.inference().setDeployment(""),
                        Wire.inference().setDeployment("  "),
                        Wire.inference().setDeployment("a/b"),
                        Wire.inference().setDeployment("a\nb"),
                        Wire.inference().setDeployment("__unattributed__"),
                        Wire.inference().setDeployment("__x"),
                        Wire.inference().setDeployment("x".repeat(129)),
                        Wire.inference().setAttributes(manyAttributes),
                        Wire.inference().setOtherOutputs(manyOutputs),
                        Wire.inference().setOtherOutputs(Map.of("", new Label("x"))),
                        Wire.inference().setOtherOutputs(Map.of("v0", new Quantity(Double.NaN))))
                .map(InferenceEvent.Builder::build);
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void aFieldOutsideItsRangeIsOutOfRange(InferenceEvent event) {
        assertRefused(RefusalReason.VALUE_OUT_OF_RANGE, wire.decode(INFERENCES, wire.bytes(event)));
    }

    @Test
    void aNegativeRevisionIsOutOfRange() {
        assertRefused(
                RefusalReason.VALUE_OUT_OF_RANGE,
                wire.decode(TRUTHS, wire.bytes(Wire.truth().setRevision(-1).build())));
    }

    @Test
    void anotherCustomersNameIsATenantMismatch() {
        byte[] bytes = wire.bytes(Wire.inference().setCustomer("acme").build());

        assertRefused(RefusalReason.TENANT_MISMATCH, wire.decode(INFERENCES, bytes));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1})
    void aTimeIsOnlyANumberHereWhateverItSays(long occurredAtMs) {
        InferenceEvent event = Wire.inference()
                .setOccurredAt(Instant.ofEpochMilli(occurredAtMs))
                .build();

        assertThat(wire.decode(INFERENCES, wire.bytes(event))).isInstanceOf(Intake.AnInference.class);
    }

    @Test
    void aFewBytesThatPromiseGigabytesAreBadAvroAndTakeNoMemory() {
        int id = wire.register(INFERENCES, InferenceEvent.getClassSchema());
        byte[] head = {12, 'w', 'a', 'r', 'd', '-', '7', 4, 'v', '1', 4, 'i', '1', 2};
        for (long promised :
                new long[] {1L << 20, 500_000_000, Integer.MAX_VALUE - 8, Integer.MAX_VALUE, 1L << 40, -1}) {
            // A deployment's name of that length.
            assertRefused(
                    RefusalReason.BAD_AVRO,
                    wire.decode(
                            INFERENCES,
                            Wire.framed(id, new ByteWriter().number(promised).toByteArray())));
            // A map of that many attributes, one of which comes; -1 announces a block with its size in bytes.
            byte[] map = new ByteWriter()
                    .raw(head)
                    .number(promised)
                    .text("a")
                    .text("b")
                    .toByteArray();
            assertRefused(RefusalReason.BAD_AVRO, wire.decode(INFERENCES, Wire.framed(id, map)));
        }
    }

    /**
     * Real frames, damaged as wires and customers damage them. The decoder has to say exactly one thing about each and
     * never to throw; what still decodes is a valid event, since its constructor checked it.
     */
    @Test
    void twentyThousandDamagedFramesAreEachJudged() {
        Random random = new Random(20_260_302);
        List<byte[]> inferences = List.of(
                wire.bytes(Wire.inference().build()),
                wire.bytes(Wire.inference()
                        .setOutput(new Transcript("the patient is stable"))
                        .setConfidence(0.5)
                        .setSessionId("s")
                        .setOtherOutputs(Map.of("v0", new ErrorCounts(1L, 2L), "v2", new Quantity(3.0)))
                        .build()));
        List<byte[]> truths = List.of(wire.bytes(Wire.truth().build()));
        Map<String, Integer> seen = new HashMap<>();
        for (int number = 0; number < 20_000; number++) {
            boolean isInference = random.nextBoolean();
            List<byte[]> originals = isInference ? inferences : truths;
            byte[] damaged = damaged(originals.get(random.nextInt(originals.size())), random);

            Intake intake = wire.decode(isInference ? INFERENCES : TRUTHS, damaged);

            String what = intake instanceof Intake.Refused refused
                    ? refused.reason().name()
                    : intake.getClass().getSimpleName();
            seen.merge(what, 1, Integer::sum);
        }
        assertThat(seen.values().stream().mapToInt(count -> count).sum()).isEqualTo(20_000);
        assertThat(seen)
                .containsKeys("BAD_FRAME", "BAD_AVRO", "UNKNOWN_SCHEMA", "VALUE_OUT_OF_RANGE", "AnInference", "ATruth");
    }

    private static byte[] damaged(byte[] original, Random random) {
        byte[] bytes = original.clone();
        // Most damage behind the frame: nearly every damaged frame says the same.
        int from = random.nextInt(20) == 0 ? 0 : Frame.HEADER_SIZE;
        switch (random.nextInt(5)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
            case 2 -> {
                int at = from + random.nextInt(bytes.length - from);
                for (int i = at; i < Math.min(bytes.length, at + 10); i++) {
                    bytes[i] = (byte) random.nextInt(256);
                }
            }
            case 3 -> bytes[from + random.nextInt(bytes.length - from)] = (byte) (random.nextBoolean() ? 0xFF : 0x80);
            default -> {
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    bytes[from + random.nextInt(bytes.length - from)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return bytes;
    }
}
