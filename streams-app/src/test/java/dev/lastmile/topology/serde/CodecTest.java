package dev.lastmile.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.SessionSample;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.event.Answer;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.join.KnownInference;
import dev.lastmile.join.Origin;
import dev.lastmile.join.ParkedTruth;
import dev.lastmile.join.SeenRevision;
import dev.lastmile.score.Score;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.SliceRegistry;
import dev.lastmile.stats.ScoreMoments;
import dev.lastmile.topology.BaselineCommand;
import dev.lastmile.topology.CommandRefusal;
import dev.lastmile.topology.Delta;
import dev.lastmile.topology.DeploymentHead;
import dev.lastmile.topology.SourceRecord;
import dev.lastmile.topology.SourceTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Formats of our own stores and internal topics. The golden bytes are what a release wrote: if one of them changes, state
 * written by the release before cannot be read, and the format's version has to change too.
 */
class CodecTest {

    private static final DeploymentId WARD = new DeploymentId("st-marys", "ward-7");
    private static final DeploymentId WARD_7 = new DeploymentId("st-marys", "ward 7");
    private static final Origin PARKED = new Origin(WARD_7, 1, "", 0);
    private static final long NOON = 1_772_452_800_000L;

    private static final String GOLDEN = """
            cell: 020604020000000002020a020a3208021505021e08021515
            counts: 0104020000000002020a020a3208021505021e
            delta: 04001e73742d6d617279732f776172642d378098dbe6956722494e464552454e43455f57414954494e47051854525554485f4a4f494e4544080002104241445f4156524f041204027f0650c00c00040476318098dbe695670e6f766572616c6c04020000000002020a020a3208021505021e28616363656e743d35302532352532437825334479000000000000000000000000151e00
            head: 0222494e464552454e43455f57414954494e47051854525554485f4a4f494e4544080002124241445f4652414d450e8098dbe69567180a0818303132333435363738396162
            key of a source record: 6c6173746d696c652e73742d6d617279732e696e666572656e6365732e76310000000000000000010000000000000002
            known inference: 419601029701000e756e6b6e6f776efffffffffffffffe8098dbe6956799010106612062060102040000000406000000000000004d0000800000000000000001
            parked truths: 42001e73742d6d617279732f7761726420370200008498dbe6956704008098dbe69567010661206200000000000000058e98dbe695671802120103bfd0000000000000fffffffffffffffb001aa006
            registry: 01040e6f766572616c6c1e616363656e743d73636f747469736802047631
            source record: 013e6c6173746d696c652e73742d6d617279732e696e666572656e6365732e763102048098dbe6956701046931010a0000000001
            """;

    private static JoinEntry.Known known(@Nullable Answer output, @Nullable Score score) {
        return new JoinEntry.Known(
                new KnownInference(
                        -2L,
                        new Origin(WARD_7, 1, "v1", -8),
                        List.of("scottish", "unknown"),
                        NOON,
                        -77,
                        output,
                        3,
                        score,
                        List.of(new SeenRevision(3, 77L, false), new SeenRevision(0, Long.MIN_VALUE, true))),
                NOON + 1);
    }

    private static JoinEntry.Parked parked() {
        return new JoinEntry.Parked(
                PARKED,
                List.of(
                        new ParkedTruth(0, NOON, new Answer.Transcript("a b"), 5L, NOON + 7, 12L, 1),
                        new ParkedTruth(9, -1, new Answer.Quantity(-0.25), -5L, 0, 13L, 400)),
                NOON + 2);
    }

    private static SliceCounts counts() {
        SliceCounts counts = new SliceCounts();
        counts.addReceived();
        counts.addReceived();
        counts.addFirstLabel(new Score(2, 5, 1, 0, 1, false), 61_000);
        counts.correct(new Score(2, 5, 1, 0, 1, false), Score.of(1, 5));
        return counts;
    }

    private static SessionSample sessions() {
        SessionSample sessions = new SessionSample(SessionSample.IN_TRANSIT);
        sessions.count(9);
        sessions.add(-64, new ScoreMoments(3, 40, 800));
        return sessions;
    }

    private static Delta delta() {
        Ledger ledger = new Ledger();
        ledger.add(Disposition.INFERENCE_WAITING, -3);
        ledger.add(Disposition.TRUTH_JOINED, 4);
        return new Delta(
                WARD,
                NOON,
                ledger,
                Map.of("BAD_AVRO", 2L),
                sessions(),
                List.of(
                        new Delta.Cell("v1", NOON, Slice.OVERALL, counts()),
                        new Delta.Cell("v1", NOON, Slice.of("accent", "50%,x=y"), new SliceCounts())));
    }

    @Test
    void commandsReadBackAsTheyWere() {
        Map<Slice, SliceBaseline> slices =
                Map.of(Slice.OVERALL, new SliceBaseline(30, 20, 19, 3, 20, 0.1 + 0.2, 0.0001));
        Baseline card = new Baseline("card-7", Baseline.Source.FILE, 1, NOON, 0, 1.5, slices);
        List<BaselineCommand> commands = List.of(
                new BaselineCommand.Import("anna", NOON, card),
                new BaselineCommand.Relearn("anna", NOON, null),
                new BaselineCommand.Relearn("zoë k.", 0, new BaselinePlan.FirstLabelled(Long.MAX_VALUE)),
                new BaselineCommand.Relearn("b", NOON, new BaselinePlan.Range(0, NOON, Duration.ofHours(3))),
                new BaselineCommand.Refused(NOON, CommandRefusal.WRONG_CARD));
        for (BaselineCommand command : commands) {
            Delta read = DeltaCodec.read(List.of(DeltaCodec.write(Delta.of(WARD, command))));

            assertThat(read.commands()).containsExactly(command);
            assertThat(read.clockMs()).as("a command moves no clock").isEqualTo(Long.MIN_VALUE);
            assertThat(read.cells()).isEmpty();
        }
    }

    @Test
    void entriesOfTheJoinStoreReadBackAsTheyWere() {
        List<JoinEntry> entries = new ArrayList<>();
        entries.add(parked());
        entries.add(new JoinEntry.Parked(PARKED, List.of(), Long.MAX_VALUE));
        entries.add(known(null, null));
        entries.add(known(new Answer.Nothing(), null));
        entries.add(known(new Answer.Transcript(""), new Score(3, 0, 0, 0, 3, true)));
        entries.add(known(new Answer.Transcript("zwölf Boxkämpfer 👩🏽 \u0000"), new Score(9, 4, 1, 3, 5, false)));
        entries.add(known(new Answer.Label("yes"), Score.of(0, 0)));
        entries.add(known(new Answer.Quantity(Double.MIN_VALUE), Score.of(100_000, 100_000)));
        entries.add(known(new Answer.ErrorCounts(0, 100_000), null));
        for (JoinEntry entry : entries) {
            for (Names names : List.of(new Names(0), new Names(1), new Names(300))) {
                assertThat(JoinEntryCodec.read(new ByteReader(written(entry, names)), names))
                        .isEqualTo(entry);
            }
        }
    }

    /** Gives so many numbers, beginning with 150. */
    private static final class Names implements JoinEntryCodec.Numbers, JoinEntryCodec.Named {
        private static final int FIRST = 150;
        private final List<Object> named = new ArrayList<>();
        private final int most;

        Names(int most) {
            this.most = most;
        }

        private int numberOf(Object name) {
            if (!named.contains(name)) {
                if (named.size() == most) {
                    return JoinEntryCodec.OWN;
                }
                named.add(name);
            }
            return FIRST + named.indexOf(name);
        }

        @Override
        public int of(Origin origin) {
            return numberOf(origin);
        }

        @Override
        public int of(String value) {
            return numberOf(value);
        }

        @Override
        public Origin origin(int number) {
            return (Origin) named.get(number - FIRST);
        }

        @Override
        public String value(int number) {
            return (String) named.get(number - FIRST);
        }
    }

    private static byte[] written(JoinEntry entry, Names names) {
        ByteWriter out = new ByteWriter();
        JoinEntryCodec.write(entry, names, out);
        return out.toByteArray();
    }

    @Test
    void anEntryOfAnotherReleaseIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> JoinEntryCodec.read(new ByteReader(new byte[] {2, 1, 0}), new Names(0)))
                .withMessageContaining("another release");
    }

    @Test
    void aDeltaReadsBackAsItWas() {
        Delta read = DeltaCodec.read(List.of(DeltaCodec.write(delta())));

        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("sessions.capacity")
                .isEqualTo(delta());
        Delta empty = new Delta(
                WARD, Long.MIN_VALUE, new Ledger(), Map.of(), new SessionSample(SessionSample.IN_TRANSIT), List.of());
        assertThat(DeltaCodec.read(List.of(DeltaCodec.write(empty))))
                .usingRecursiveComparison()
                .ignoringFields("sessions.capacity")
                .isEqualTo(empty);
    }

    @Test
    void severalDeltasOfADeploymentReadAsTheirSum() {
        Delta once = delta();
        Delta twice = DeltaCodec.read(List.of(DeltaCodec.write(once), DeltaCodec.write(once)));

        assertThat(twice.cells()).hasSameSizeAs(once.cells());
        for (int i = 0; i < once.cells().size(); i++) {
            SliceCounts sum = new SliceCounts();
            sum.add(once.cells().get(i).counts());
            sum.add(once.cells().get(i).counts());
            assertThat(twice.cells().get(i).counts()).usingRecursiveComparison().isEqualTo(sum);
        }
        assertThat(twice.sessions().labelled()).isEqualTo(2 * once.sessions().labelled());
        assertThat(twice.deadLetters()).isEqualTo(Map.of("BAD_AVRO", 4L));
        once.ledger().asMap().forEach((disposition, count) -> assertThat(
                        twice.ledger().get(disposition))
                .isEqualTo(2 * count));
    }

    @Test
    void onlyACommandMustNotWait() {
        assertThat(DeltaCodec.hasCommands(DeltaCodec.write(delta()))).isFalse();
        assertThat(DeltaCodec.hasCommands(
                        DeltaCodec.write(Delta.of(WARD, new BaselineCommand.Refused(NOON, CommandRefusal.NO_PLAN)))))
                .isTrue();
    }

    @Test
    void aCellReadsBackAsItWas() {
        BucketCell parent = new BucketCell(3, counts(), new BucketCell().usedOfSlice(), new BucketCell().usedOfRest());
        parent.counts().addFirstLabel(Score.of(1, 1), 0);
        BucketCell cell = new BucketCell(3, counts(), new BucketCell().usedOfSlice(), new BucketCell().usedOfRest());
        cell.use(parent);
        cell.counts().addFirstLabel(Score.of(1, 2), 5);

        assertThat(BucketCellCodec.read(BucketCellCodec.write(cell, new ByteWriter())))
                .usingRecursiveComparison()
                .isEqualTo(cell);
    }

    @Test
    void aSourceRecordReadsBackAsItWasNullsIncluded() {
        SourceTopic topic = SourceTopic.of("lastmile.st-marys.ground-truth.v1");
        SourceRecord whole = new SourceRecord(topic, 3, 1L << 40, NOON, new byte[] {0, -1}, new byte[70_000]);
        SourceRecord withoutKey = new SourceRecord(topic, 0, 0, 0, null, new byte[0]);
        SourceRecord withoutValue = new SourceRecord(topic, 3, 7, NOON, new byte[0], null);
        for (SourceRecord source : List.of(whole, withoutKey, withoutValue)) {
            SourceRecord read = SourceRecordCodec.read(SourceRecordCodec.write(source));
            assertThat(read).usingRecursiveComparison().isEqualTo(source);
        }
    }

    @Test
    void aHeadAndARegistryReadBackAsTheyWere() {
        DeploymentHead head =
                new DeploymentHead(delta().ledger(), Map.of("BAD_FRAME", 7L), NOON, 12, 5, 4, "0123456789ab");
        SliceRegistry registry = new SliceRegistry(5, 5);
        registry.place("v1");
        registry.place(Slice.of("noise", "x,y=%").and("accent", "é"));
        SliceRegistry restored = new SliceRegistry(5, 5);

        DeploymentCodec.restore(restored, DeploymentCodec.write(registry));

        assertThat(DeploymentCodec.readHead(DeploymentCodec.write(head)))
                .usingRecursiveComparison()
                .isEqualTo(head);
        assertThat(restored.slices()).isEqualTo(registry.slices());
        assertThat(restored.versions()).isEqualTo(registry.versions());
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, -1, 63, -64, 64, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 62, -(1L << 62)})
    void numbersOfAnySizeReadBack(long number) {
        byte[] bytes = new ByteWriter().number(number).fixed(number).octet(200).toByteArray();
        ByteReader in = new ByteReader(bytes);

        assertThat(in.number()).isEqualTo(number);
        assertThat(in.fixed()).isEqualTo(number);
        assertThat(in.octet()).isEqualTo(200);
        assertThat(in.hasMore()).isFalse();
    }

    @Test
    void brokenBytesOfOurOwnAreABrokenInvariantAndNeverAGuess() {
        byte[] whole = DeltaCodec.write(delta());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatIllegalStateException().as("cut at " + length).isThrownBy(() -> DeltaCodec.read(List.of(cut)));
        }
        byte[] foreign = whole.clone();
        foreign[0]++;
        assertThatIllegalStateException()
                .isThrownBy(() -> DeltaCodec.read(List.of(foreign)))
                .withMessageContaining("another release");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> new ByteReader(new ByteWriter().number(1L << 40).toByteArray()).text());
        assertThatIllegalStateException()
                .isThrownBy(() -> new ByteReader(new ByteWriter().number(-1).toByteArray()).sized());
    }

    @Test
    void theBytesOfEveryFormatAreThoseOfTheReleaseBefore() {
        SourceRecord source = new SourceRecord(
                SourceTopic.of("lastmile.st-marys.inferences.v1"),
                1,
                2,
                NOON,
                "i1".getBytes(StandardCharsets.UTF_8),
                new byte[] {0, 0, 0, 0, 1});
        BucketCell cell = new BucketCell(3, counts(), counts().firstScores().copy(), new BucketCell().usedOfRest());
        SliceRegistry registry = new SliceRegistry(5, 5);
        registry.place("v1");
        registry.place(Slice.of("accent", "scottish"));
        DeploymentHead head =
                new DeploymentHead(delta().ledger(), Map.of("BAD_FRAME", 7L), NOON, 12, 5, 4, "0123456789ab");

        Map<String, byte[]> written = new LinkedHashMap<>();
        written.put("known inference", written(known(new Answer.Transcript("a b"), Score.of(1, 2)), new Names(2)));
        written.put("parked truths", written(parked(), new Names(0)));
        written.put("delta", DeltaCodec.write(delta()));
        written.put("cell", BucketCellCodec.write(cell, new ByteWriter()));
        written.put("counts", SliceCountsCodec.write(counts()));
        written.put("source record", SourceRecordCodec.write(source));
        written.put(
                "key of a source record", SourceRecordCodec.key(source.topic(), source.partition(), source.offset()));
        written.put("head", DeploymentCodec.write(head));
        written.put("registry", DeploymentCodec.write(registry));

        Map<String, String> golden = GOLDEN.lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        Map<String, String> found = new LinkedHashMap<>();
        written.forEach((name, bytes) -> found.put(name, HexFormat.of().formatHex(bytes)));
        assertThat(found).containsExactlyInAnyOrderEntriesOf(golden);
    }
}
