package dev.lastmile.topology;

import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.WARD;
import static dev.lastmile.topology.Fixtures.heard;
import static dev.lastmile.topology.Fixtures.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.event.Disposition;
import dev.lastmile.schema.DeadLetterReason;
import dev.lastmile.schema.ErrorCounts;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Quantity;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.Transcript;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every reason code, each with its dead letter, and with the record after it unharmed. */
class BadInputFlowTest {

    private static final Map<String, String> SCOTTISH = Map.of("accent", "scottish");
    private static final String INFERENCES = Topics.inferences(CUSTOMER);
    private static final String TRUTHS = Topics.groundTruth(CUSTOMER);
    private static final String CANARY = "canary-8d1f";

    private final MonitorHarness monitor = new MonitorHarness(Fixtures.words());
    private int goodOnes;

    /** The test driver counts offsets over all topics that match the pattern. */
    private long nextOffset;

    @AfterEach
    void close() {
        monitor.close();
    }

    private byte[] bytes(InferenceEvent event) {
        return monitor.serialized(INFERENCES, event);
    }

    private byte[] bytes(GroundTruthEvent event) {
        return monitor.serialized(TRUTHS, event);
    }

    private static InferenceEvent.Builder inference() {
        return InferenceEvent.newBuilder(heard(CANARY, NOON, SCOTTISH, CANARY));
    }

    /** One bad record between good ones. */
    private void assertDeadLetter(
            RefusalReason reason, String topic, @Nullable String key, byte @Nullable [] value, boolean attributed) {
        byte[] rawKey = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        long offset = nextOffset++;
        monitor.sendRaw(topic, key, value, NOON);
        assertLetter(reason, topic, offset, rawKey, value, attributed);
        assertTheNextGoodRecordIsTaken();
    }

    private void assertLetter(
            RefusalReason reason,
            String topic,
            long offset,
            byte @Nullable [] key,
            byte @Nullable [] value,
            boolean attributed) {
        List<TestRecord<byte[], byte[]>> raw = monitor.readRaw(Topics.deadLetters(CUSTOMER));
        assertThat(raw).as(reason.name()).hasSize(1);
        assertThat(raw.get(0).headers()).isEmpty();
        assertThat(raw.get(0).key()).isEqualTo(key == null || key.length > 1_024 ? null : key);
        GenericRecord letter =
                monitor.deserialized(Topics.deadLetters(CUSTOMER), raw.get(0).value());
        assertThat(letter.get("reason")).hasToString(reason.name());
        assertThat(letter.get("detail")).hasToString(reason.explanation());
        assertThat(letter.get("customer")).hasToString(CUSTOMER);
        assertThat(letter.get("source_topic")).hasToString(topic);
        assertThat(letter.get("source_partition")).isEqualTo(0);
        assertThat(letter.get("source_offset")).isEqualTo(offset);
        assertThat(letter.get("source_timestamp")).isEqualTo(NOON.toEpochMilli());
        assertThat(letter.get("deployment")).isEqualTo(attributed ? WARD : null);
        assertThat(letter.get("payload_size")).isEqualTo(value == null ? 0L : (long) value.length);
        assertThat(letter.get("payload_sha256")).isEqualTo(value == null ? null : sha256(value));
        assertThat(letter.get("payload"))
                .isEqualTo(value == null || reason == RefusalReason.TOO_LARGE ? null : ByteBuffer.wrap(value));
    }

    private void assertTheNextGoodRecordIsTaken() {
        monitor.send(CUSTOMER, heard("good" + goodOnes++, NOON, SCOTTISH, "good"));
        nextOffset++;
        monitor.settle();
        DeploymentSnapshot snapshot = monitor.snapshot(CUSTOMER, WARD);
        assertThat(snapshot.ledger().get(Disposition.INFERENCE_WAITING)).isEqualTo(goodOnes);
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private int register(String topic, String schema) {
        try {
            return monitor.registry().register(topic + "-value", new AvroSchema(schema));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] framed(int id, byte... datum) {
        return ByteBuffer.allocate(5 + datum.length)
                .put((byte) 0)
                .putInt(id)
                .put(datum)
                .array();
    }

    @Test
    void whatDoesNotDecodeIsADeadLetterThatIsNobodysDeployment() {
        byte[] good = bytes(inference().build());
        byte[] large = Arrays.copyOf(good, MonitorHarness.MAX_RECORD_BYTES + 1);
        int recursive = register(
                INFERENCES,
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"R\"]}]}");
        int foreign = register(
                INFERENCES, "{\"type\":\"record\",\"name\":\"Other\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}");

        assertDeadLetter(RefusalReason.BAD_FRAME, INFERENCES, CANARY, new byte[0], false);
        assertDeadLetter(RefusalReason.BAD_FRAME, INFERENCES, CANARY, new byte[] {0, 0, 0, 1}, false);
        assertDeadLetter(RefusalReason.BAD_FRAME, TRUTHS, CANARY, CANARY.getBytes(StandardCharsets.UTF_8), false);
        assertDeadLetter(RefusalReason.BAD_AVRO, INFERENCES, CANARY, Arrays.copyOf(good, good.length - 1), false);
        assertDeadLetter(RefusalReason.BAD_AVRO, INFERENCES, CANARY, Arrays.copyOf(good, good.length + 1), false);
        assertDeadLetter(RefusalReason.TOO_LARGE, INFERENCES, CANARY, large, false);
        assertDeadLetter(RefusalReason.TOO_LARGE, INFERENCES, "k".repeat(MonitorHarness.MAX_RECORD_BYTES), good, false);
        assertDeadLetter(RefusalReason.SCHEMA_REJECTED, INFERENCES, CANARY, framed(recursive, (byte) 0), false);
        assertDeadLetter(RefusalReason.SCHEMA_INCOMPATIBLE, INFERENCES, CANARY, framed(foreign, (byte) 2), false);
        assertDeadLetter(
                RefusalReason.SCHEMA_NOT_FOR_TOPIC, INFERENCES, CANARY, bytes(said(CANARY, NOON, CANARY, 0)), false);
        assertDeadLetter(RefusalReason.UNKNOWN_SCHEMA, INFERENCES, CANARY, framed(4_711, (byte) 0), false);
        assertDeadLetter(RefusalReason.NULL_VALUE, INFERENCES, CANARY, null, false);
        assertDeadLetter(RefusalReason.NULL_VALUE, INFERENCES, null, good, false);
        assertDeadLetter(
                RefusalReason.VALUE_OUT_OF_RANGE,
                INFERENCES,
                CANARY,
                bytes(inference().setOutput(new Quantity(Double.NaN)).build()),
                false);
        assertDeadLetter(
                RefusalReason.VALUE_OUT_OF_RANGE,
                INFERENCES,
                CANARY,
                bytes(inference().setDeployment(Delta.UNATTRIBUTED).build()),
                false);
        assertDeadLetter(
                RefusalReason.TENANT_MISMATCH,
                INFERENCES,
                CANARY,
                bytes(inference().setCustomer("acme").build()),
                false);
        assertDeadLetter(
                RefusalReason.UNKNOWN_DEPLOYMENT,
                INFERENCES,
                CANARY,
                bytes(inference().setDeployment(CANARY).build()),
                false);

        DeploymentSnapshot unattributed = monitor.snapshot(CUSTOMER, Delta.UNATTRIBUTED);
        assertThat(unattributed.deadLetters())
                .containsEntry("BAD_FRAME", 3L)
                .containsEntry("TOO_LARGE", 2L)
                .containsEntry("NULL_VALUE", 2L)
                .containsEntry("TENANT_MISMATCH", 1L);
        assertThat(unattributed.ledger().get(Disposition.INFERENCE_DEAD_LETTERED))
                .isEqualTo(16);
        assertThat(unattributed.ledger().get(Disposition.TRUTH_DEAD_LETTERED)).isEqualTo(1);
    }

    @Test
    void anEventThatMayNotEnterIsADeadLetterOfItsDeployment() {
        byte[] good = bytes(inference().build());

        assertDeadLetter(RefusalReason.KEY_MISMATCH, INFERENCES, "other", good, true);
        assertDeadLetter(
                RefusalReason.WRONG_ANSWER_TYPE,
                INFERENCES,
                CANARY,
                bytes(inference().setOutput(new Label(CANARY)).build()),
                true);
        assertDeadLetter(
                RefusalReason.WRONG_ANSWER_TYPE,
                TRUTHS,
                CANARY,
                bytes(GroundTruthEvent.newBuilder(said(CANARY, NOON, CANARY, 0))
                        .setTruth(new Quantity(1.0))
                        .build()),
                true);
        assertDeadLetter(
                RefusalReason.TIME_TOO_OLD,
                INFERENCES,
                CANARY,
                bytes(inference().setOccurredAt(Instant.EPOCH).build()),
                true);
        assertDeadLetter(
                RefusalReason.TIME_FUTURE,
                TRUTHS,
                CANARY,
                bytes(said(CANARY, Instant.parse("2100-01-01T00:00:00Z"), CANARY, 0)),
                true);

        DeploymentSnapshot ward = monitor.snapshot(CUSTOMER, WARD);
        assertThat(ward.deadLetters())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("KEY_MISMATCH", 1L, "WRONG_ANSWER_TYPE", 2L, "TIME_TOO_OLD", 1L, "TIME_FUTURE", 1L));
        assertThat(ward.ledger().inferencesReceived()).isEqualTo(3 + goodOnes);
        assertThat(ward.ledger().truthsReceived()).isEqualTo(2);
    }

    @Test
    void aTimeIsJudgedAgainstTheAppendTimeToTheMillisecond() {
        Duration maxAge = Limits.DEFAULT.maxAge();
        Duration ahead = Duration.ofMinutes(5);
        List<Instant> accepted = List.of(NOON.minus(maxAge), NOON, NOON.plus(ahead));
        for (int i = 0; i < accepted.size(); i++) {
            monitor.send(CUSTOMER, heard("ok" + i, accepted.get(i), SCOTTISH, "x"), NOON);
        }
        monitor.send(CUSTOMER, heard("old", NOON.minus(maxAge).minusMillis(1), SCOTTISH, "x"), NOON);
        monitor.send(CUSTOMER, heard("new", NOON.plus(ahead).plusMillis(1), SCOTTISH, "x"), NOON);
        monitor.settle();

        DeploymentSnapshot snapshot = monitor.snapshot(CUSTOMER, WARD);
        assertThat(snapshot.ledger().get(Disposition.INFERENCE_WAITING)).isEqualTo(3);
        assertThat(snapshot.deadLetters())
                .containsExactlyInAnyOrderEntriesOf(Map.of("TIME_TOO_OLD", 1L, "TIME_FUTURE", 1L));
    }

    @Test
    void aTruthThatTurnsOutToBeOfNoUseIsADeadLetterUnderItsOwnOffset() {
        monitor.send(CUSTOMER, said("other", NOON, "x", 0));
        monitor.send(CUSTOMER, said(CANARY, NOON, CANARY, 0));
        monitor.send(CUSTOMER, inference().setOutput(null).build());
        byte[] again = bytes(said(CANARY, NOON, "more", 1));
        monitor.sendRaw(TRUTHS, CANARY, again, NOON);

        List<Map.Entry<String, GenericRecord>> letters = monitor.read(Topics.deadLetters(CUSTOMER));
        assertThat(letters)
                .extracting(letter -> letter.getValue().get("reason").toString())
                .containsExactly("NOT_SCORABLE", "NOT_SCORABLE");
        GenericRecord parked = letters.get(0).getValue();
        assertThat(parked.get("source_topic")).hasToString(TRUTHS);
        assertThat(parked.get("source_offset")).isEqualTo(1L);
        assertThat(parked.get("inference_id")).hasToString(CANARY);
        assertThat(parked.get("payload")).isNull();
        GenericRecord direct = letters.get(1).getValue();
        assertThat(direct.get("source_offset")).isEqualTo(3L);
        assertThat(direct.get("payload")).isEqualTo(ByteBuffer.wrap(again));
    }

    @Test
    void correctionsThatCannotBeTakenAreDeadLetters() {
        DeploymentPolicy words = Fixtures.words();
        DeploymentPolicy policy = new DeploymentPolicy(
                words.customer(),
                words.deployment(),
                words.scorer(),
                words.slicing(),
                words.bucket(),
                words.horizon(),
                false,
                words.baseline(),
                words.detection(),
                words.limits());
        try (MonitorHarness without = new MonitorHarness(policy)) {
            without.send(CUSTOMER, heard("i1", NOON, SCOTTISH, "a b"));
            for (int revision = 0; revision < 2; revision++) {
                without.send(CUSTOMER, said("i1", NOON, "a c", revision));
            }
            for (int revision = 2; revision < 20; revision++) {
                without.send(
                        CUSTOMER,
                        GroundTruthEvent.newBuilder(said("i1", NOON, "", revision))
                                .setTruth(new ErrorCounts((long) revision, 20L))
                                .build());
            }
            without.settle();

            assertThat(without.snapshot(CUSTOMER, WARD).deadLetters())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("CORRECTIONS_OFF", 1L, "TOO_MANY_REVISIONS", 4L));
        }
    }

    @Test
    void noReasonHoldsTextOfACustomerAndEveryOneIsInTheContract() {
        Set<RefusalReason> all = EnumSet.allOf(RefusalReason.class);

        assertThat(all).allSatisfy(reason -> {
            assertThat(DeadLetterReason.values())
                    .extracting(DeadLetterReason::name)
                    .contains(reason.name());
            assertThat(reason.explanation()).doesNotContain("%", "{");
        });
    }

    @Test
    void headersOfACustomerAreNotCopied() {
        monitor.sendWithHeaders(INFERENCES, "i1", new byte[] {9}, NOON, 2_000);
        monitor.sendWithHeaders(INFERENCES, "i2", bytes(heard("i2", NOON, SCOTTISH, "x")), NOON, 2_000);
        monitor.settle();

        assertThat(monitor.readRaw(Topics.deadLetters(CUSTOMER)))
                .singleElement()
                .satisfies(letter -> assertThat(letter.headers()).isEmpty());
        assertThat(monitor.readRaw("lastmile-test-deltas-repartition"))
                .isNotEmpty()
                .allSatisfy(delta -> assertThat(delta.headers()).isEmpty());
    }

    @Test
    void transcriptsLeaveTheJoinForNoOutput() {
        for (int i = 0; i < 20; i++) {
            monitor.send(CUSTOMER, heard("i" + i, NOON, SCOTTISH, CANARY + " said"));
            monitor.send(CUSTOMER, said("i" + i, NOON, CANARY + " meant", 0));
        }
        monitor.publish();

        for (String topic : List.of(
                Topics.sliceStatistics(CUSTOMER), Topics.alerts(CUSTOMER), "lastmile-test-deltas-repartition")) {
            assertThat(monitor.readRaw(topic))
                    .allSatisfy(record -> assertThat(new String(record.value(), StandardCharsets.ISO_8859_1))
                            .doesNotContain(CANARY));
        }
        assertThat(inference().setOutput(new Transcript(CANARY)).build().toString())
                .contains(CANARY);
    }
}
