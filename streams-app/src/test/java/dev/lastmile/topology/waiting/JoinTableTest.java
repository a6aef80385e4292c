package dev.lastmile.topology.waiting;

import static dev.lastmile.topology.waiting.TableRig.KEEP_MS;
import static dev.lastmile.topology.waiting.TableRig.WARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lastmile.event.Answer;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.join.Joiner;
import dev.lastmile.join.KnownInference;
import dev.lastmile.join.Origin;
import dev.lastmile.join.ParkedTruth;
import dev.lastmile.join.SeenRevision;
import dev.lastmile.join.Waiting;
import dev.lastmile.score.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

class JoinTableTest {

    private static final DeploymentId SHOP = new DeploymentId("acme", "shop");

    @TempDir
    private Path directory = Path.of("");

    private static JoinEntry.Known known(long occurredAtMs, String accent, @Nullable String text, boolean labelled) {
        return known(WARD, occurredAtMs, accent, text, labelled);
    }

    private static JoinEntry.Known known(
            DeploymentId deployment, long occurredAtMs, String accent, @Nullable String text, boolean labelled) {
        return new JoinEntry.Known(
                new KnownInference(
                        occurredAtMs * 31,
                        new Origin(deployment, KEEP_MS, "v1", 7),
                        List.of(accent),
                        occurredAtMs,
                        0,
                        text == null ? new Answer.Nothing() : new Answer.Transcript(text),
                        labelled ? 0 : KnownInference.NONE,
                        labelled ? Score.of(1, 3) : null,
                        labelled ? List.of(new SeenRevision(0, 5, false)) : List.of()),
                occurredAtMs + KEEP_MS);
    }

    private static JoinEntry.Parked parked(long appendMs, int copies) {
        return new JoinEntry.Parked(
                new Origin(WARD, KEEP_MS, "", 0),
                List.of(new ParkedTruth(0, appendMs, new Answer.Transcript("x"), 9, appendMs, 1, copies)),
                appendMs + KEEP_MS);
    }

    /**
     * Random entries, changes, saves, sweeps, restarts and losses of the machine, beside a plain map; with room for all page tables,
     * for that of one or two segments, and for none.
     */
    @ParameterizedTest
    @CsvSource({"1, 1000000", "2, 1000000", "3, 100000", "4, 150000", "5, 0", "6, 0"})
    void itHoldsWhatAPlainMapHolds(long seed, long roomBytes) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, JoinEntry> model = new HashMap<>();
        Map<String, JoinEntry> saved = new HashMap<>();
        long nowMs = 1_000_000;
        try (TableRig rig = new TableRig(directory, roomBytes)) {
            for (int step = 0; step < 2_000; step++) {
                nowMs += random.nextInt(100);
                String id = "i" + random.nextInt(400);
                JoinEntry entry = random.nextInt(5) == 0
                        ? parked(nowMs, 1 + random.nextInt(3))
                        : known(
                                nowMs - random.nextInt(5_000),
                                "a" + random.nextInt(50),
                                random.nextBoolean() ? "text " + step : null,
                                random.nextBoolean());
                rig.keep(rig.id(id), entry, nowMs);
                model.put(id, entry);
                switch (random.nextInt(200)) {
                    case 0 -> {
                        rig.restart();
                        model = new HashMap<>(saved);
                    }
                    case 1 -> {
                        rig.restore();
                        model = new HashMap<>(saved);
                    }
                    case 2, 3, 4, 5, 6, 7 -> {
                        long over = nowMs - 2_000;
                        rig.sweep(customer -> over, 50);
                        model.values().removeIf(kept -> kept.deadlineMs() < over - KEEP_MS / 8);
                        saved = new HashMap<>(model);
                    }
                    default -> {
                        if (random.nextInt(20) == 0) {
                            rig.table().save();
                            saved = new HashMap<>(model);
                        }
                    }
                }
                String other = "i" + random.nextInt(400);
                JoinEntry expected = model.get(other);
                if (expected != null && expected.deadlineMs() > nowMs) {
                    assertThat(rig.read(other, nowMs))
                            .as("step %s, %s", step, other)
                            .isEqualTo(expected);
                } else if (expected == null) {
                    assertThat(rig.read(other, nowMs))
                            .as("step %s, %s", step, other)
                            .isNull();
                }
            }
            assertThat(rig.segments()).as("segments come and go").isBetween(2, 8);
        }
    }

    /** Places of the page table hold a part of an id: all of these have one alike. */
    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 0})
    void idsThatLookAlikeInThePageTableAreKeptApart(long roomBytes) throws IOException {
        try (TableRig rig = new TableRig(directory, roomBytes)) {
            Map<EntryId, JoinEntry> kept = new LinkedHashMap<>();
            for (int i = 0; i < 20; i++) {
                long nowMs = i < 10 ? 1_000 : 1_000 + KEEP_MS / 3;
                EntryId id = new EntryId(5, (long) i << 40);
                kept.put(id, known(nowMs, "a" + i, null, false));
                rig.keep(id, known(nowMs, "a" + i, null, false), nowMs);
                rig.sweep(customer -> 0, 1_000);
            }
            assertThat(rig.segments()).isEqualTo(2);
            long laterMs = 2_000 + KEEP_MS / 3;
            for (EntryId id : List.copyOf(kept.keySet())) {
                kept.put(id, known(laterMs, "b", null, true));
                rig.keep(id, known(laterMs, "b", null, true), laterMs);
                rig.table().save();
                kept.forEach((any, entry) ->
                        assertThat(rig.find(any, laterMs).entry()).isEqualTo(entry));
                rig.table().save();
            }
            rig.restore();

            kept.forEach(
                    (any, entry) -> assertThat(rig.find(any, laterMs).entry()).isEqualTo(entry));
        }
    }

    /** The last id for which there is room, and one that looks alike and finds none, are in one page; the latter changes. */
    @Test
    void anIdWithoutAPlaceDoesNotTakeThatOfOneThatLooksAlike() throws IOException {
        int places = (1 << 14) / 10 * 7;
        EntryId last = new EntryId(5, 6);
        EntryId alike = new EntryId(5, 6 | 1L << 40);
        try (TableRig rig = new TableRig(directory, 70_000)) {
            for (int i = 1; i < places; i++) {
                rig.keep(rig.id("i" + i), known(1_000, "a", null, false), 1_000);
            }
            rig.table().save();
            rig.keep(last, known(1_000, "b", null, false), 1_000);
            rig.keep(alike, known(1_000, "c", null, false), 1_000);
            assertThat(rig.isSpilled()).isFalse();
            rig.table().save();
            assertThat(rig.isSpilled()).isTrue();

            rig.keep(alike, known(1_000, "d", null, true), 1_000);
            rig.table().save();

            assertThat(rig.find(last, 1_000).entry()).isEqualTo(known(1_000, "b", null, false));
            assertThat(rig.find(alike, 1_000).entry()).isEqualTo(known(1_000, "d", null, true));
        }
    }

    @Test
    void anEntryTakesOnePlaceHoweverOftenItChangedAndAlsoWhenItIsReadBack() throws IOException {
        try (TableRig rig = new TableRig(directory, 70_000)) {
            for (int version = 0; version < 5; version++) {
                for (int i = 0; i < 5_000; i++) {
                    rig.keep(rig.id("i" + i), known(1_000, "a" + version, null, false), 1_000);
                }
                rig.table().save();
            }
            assertThat(rig.isSpilled()).isFalse();

            rig.restore();

            assertThat(rig.isSpilled()).isFalse();
            assertThat(rig.read("i7", 1_000)).isEqualTo(known(1_000, "a4", null, false));
        }
    }

    @Test
    void whatWaitedIsCountedAsExpiredOnceWhateverHappensInBetween() throws IOException {
        try (TableRig rig = new TableRig(directory)) {
            for (int i = 0; i < 100; i++) {
                rig.keep(rig.id("i" + i), known(1_000 + i, "a", null, false), 1_000 + i);
            }
            rig.keep(rig.id("t"), parked(1_000, 3), 1_000);
            for (int i = 0; i < 40; i++) {
                rig.keep(rig.id("i" + i), known(1_000 + i, "a", null, true), 1_200);
            }
            rig.table().save();
            rig.restore();
            assertThat(rig.sweep(customer -> 1_000 + KEEP_MS, 10)).isEmpty();

            Map<DeploymentId, Ledger> expired = rig.sweep(customer -> 1_100 + 2 * KEEP_MS, 10);

            assertThat(expired).containsExactlyEntriesOf(Map.of(WARD, Joiner.expired(new Waiting(60, 3))));
            rig.restart();
            assertThat(rig.sweep(customer -> 1_100 + 3 * KEEP_MS, 10)).isEmpty();
            assertThat(rig.find(rig.id("i50"), 2_000).expired()).isNull();
        }
    }

    @Test
    void anEntryPastItsDeadlineIsCountedByTheRecordThatFindsItSoAndNotAgain() throws IOException {
        try (TableRig rig = new TableRig(directory)) {
            rig.keep(rig.id("i"), known(1_000, "a", null, false), 1_000);
            long lateMs = 1_001 + KEEP_MS;

            JoinTable.Kept found = rig.find(rig.id("i"), lateMs);

            assertThat(found.entry()).isNull();
            assertThat(found.expired()).isEqualTo(Joiner.expired(new Waiting(1, 0)));
            rig.keep(rig.id("i"), known(lateMs, "a", null, true), lateMs);
            assertThat(rig.sweep(customer -> lateMs + 10, 10)).isEmpty();
        }
    }

    @Test
    void spaceIsFreedHereAndInTheChangelogOnceNothingInASegmentIsOfUse() throws IOException {
        try (TableRig rig = new TableRig(directory)) {
            long peak = 0;
            for (long nowMs = 0; nowMs < 10 * KEEP_MS; nowMs += 100) {
                rig.keep(rig.id("i" + nowMs), known(nowMs, "a", null, false), nowMs);
                if (nowMs % 1_000 == 0) {
                    long over = nowMs;
                    rig.sweep(customer -> over, 10);
                    peak = Math.max(peak, rig.bytes());
                }
                if (nowMs == 2 * KEEP_MS) {
                    peak = 0;
                }
            }
            long lifeMs = KEEP_MS + KEEP_MS / 4 + 2_000;
            long entries = lifeMs / 100;
            assertThat(rig.segments()).isLessThanOrEqualTo(7);
            assertThat(peak).as("bytes, with a hundred for each entry").isLessThan(entries * 100);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 0})
    void aSilentCustomerLosesNothingAndHoldsNoOneElsesSpace(long roomBytes) throws IOException {
        try (TableRig rig = new TableRig(directory, roomBytes)) {
            EntryIds ids = new EntryIds(SHOP);
            for (int i = 0; i < 30; i++) {
                rig.keep(ids.of("s" + i), known(SHOP, i, "a", null, false), i);
                if (i % 10 == 0) {
                    rig.table().save();
                }
            }
            rig.keep(ids.of("s0"), known(SHOP, 0, "a", "newer", false), 30);
            for (long nowMs = 0; nowMs < 20 * KEEP_MS; nowMs += 200) {
                rig.keep(rig.id("i" + nowMs), known(nowMs, "a", null, false), nowMs);
                if (nowMs % 1_000 == 0) {
                    long over = nowMs;
                    rig.sweep(customer -> customer.equals("acme") ? 31 : over, 7);
                }
            }
            assertThat(rig.segments()).isLessThanOrEqualTo(9);
            rig.restore();

            for (int i = 1; i < 30; i++) {
                assertThat(rig.find(ids.of("s" + i), 31).entry())
                        .as("s" + i)
                        .isEqualTo(known(SHOP, i, "a", null, false));
            }
            assertThat(rig.find(ids.of("s0"), 31).entry()).isEqualTo(known(SHOP, 0, "a", "newer", false));
            assertThat(rig.sweep(customer -> customer.equals("acme") ? 3 * KEEP_MS : 0, 7))
                    .containsExactlyEntriesOf(Map.of(SHOP, Joiner.expired(new Waiting(30, 0))));
        }
    }

    @Test
    void valuesThatCustomersInventAreKeptWhateverTheirNumber() throws IOException {
        try (TableRig rig = new TableRig(directory)) {
            int entries = 10_500;
            for (int i = 0; i < entries; i++) {
                rig.keep(rig.id("i" + i), known(i, "accent " + i, null, false), i);
            }
            rig.table().save();
            rig.restore();

            for (int i = 0; i < entries; i += 499) {
                assertThat(rig.read("i" + i, i)).isEqualTo(known(i, "accent " + i, null, false));
            }
            assertThat(rig.read("i" + (entries - 1), 0))
                    .isEqualTo(known(entries - 1, "accent " + (entries - 1), null, false));
        }
    }

    /** One entry may be as large as all the text that customers may send for it, but no block is much larger than that. */
    @Test
    void noBlockIsTooLargeForTheBroker() throws IOException {
        try (TableRig rig = new TableRig(directory)) {
            for (int i = 0; i < 5_000; i++) {
                DeploymentId deployment = new DeploymentId("customer-" + i, "a deployment with a long name " + i);
                rig.keep(new EntryIds(deployment).of("i"), known(deployment, i, "a", "x".repeat(i % 300), false), i);
            }
            rig.table().save();

            assertThat(rig.largestBlock()).isLessThan(100 << 10);
            assertThat(rig.blocks()).isGreaterThan(10);
            rig.restore();
            DeploymentId last = new DeploymentId("customer-4999", "a deployment with a long name 4999");
            assertThat(rig.find(new EntryIds(last).of("i"), 5_000).entry())
                    .isEqualTo(known(last, 4_999, "a", "x".repeat(4_999 % 300), false));
        }
    }

    /** Eleven thousand of them are on the heap, the others are not. */
    @Test
    void idsThatTheHeapHasNoRoomForAreFoundAfterEveryKindOfStart() throws IOException {
        int entries = 20_000;
        try (TableRig rig = new TableRig(directory, 70_000)) {
            for (int i = 0; i < entries; i++) {
                rig.keep(rig.id("i" + i), known(i, "a", null, false), i);
            }
            rig.table().save();
            for (int i = 0; i < entries; i += 3) {
                rig.keep(rig.id("i" + i), known(i, "a", null, true), i);
            }
            rig.table().save();

            assertThat(rig.isSpilled()).isTrue();
            for (long roomBytes : new long[] {70_000, 0, 70_000, 1_000_000}) {
                rig.restart(roomBytes);
                assertAllAreFound(rig, entries);
            }
            rig.restore();
            assertAllAreFound(rig, entries);
        }
    }

    private static void assertAllAreFound(TableRig rig, int entries) {
        for (int i = 0; i < entries; i++) {
            assertThat(rig.read("i" + i, i)).as("i" + i).isEqualTo(known(i, "a", null, i % 3 == 0));
        }
        assertThat(rig.read("another", 0)).isNull();
    }

    @Test
    void anEntryThatChangesAgainAndAgainTakesNoMoreOfTheHeap() throws IOException {
        try (TableRig rig = new TableRig(directory, 70_000)) {
            for (int round = 0; round < 200; round++) {
                for (int i = 0; i < 100; i++) {
                    rig.keep(rig.id("i" + i), known(i, "a", "text " + round, false), i);
                }
                rig.table().save();
            }

            assertThat(rig.isSpilled()).isFalse();
            assertThat(rig.read("i7", 7)).isEqualTo(known(7, "a", "text 199", false));
        }
    }

    /** What the heap knows of an id are twelve bits, and where they stand. */
    @Test
    void idsThatTheHeapCannotTellApartAreToldApart() throws IOException {
        EntryId one = new EntryId(1L << 32, 5);
        EntryId other = new EntryId(1L << 32 | 1, 5 + (1 << 12));
        EntryId third = new EntryId(1L << 32 | 2, 5 + (1 << 13));
        try (TableRig rig = new TableRig(directory)) {
            for (EntryId id : List.of(one, other)) {
                rig.keep(id, known(id.low(), "a", null, false), 1);
                rig.table().save();
            }

            for (EntryId id : List.of(one, other)) {
                assertThat(rig.find(id, 1).entry()).isEqualTo(known(id.low(), "a", null, false));
            }
            assertThat(rig.find(third, 1).entry()).isNull();
            rig.keep(one, known(5, "a", "newer", false), 1);
            rig.table().save();
            assertThat(rig.find(one, 1).entry()).isEqualTo(known(5, "a", "newer", false));
            assertThat(rig.find(other, 1).entry()).isEqualTo(known(other.low(), "a", null, false));
        }
    }

    @Test
    void twoDeploymentsNeverMeetInAnId() {
        assertThat(new EntryIds(new DeploymentId("a", "b")).of("c"))
                .isEqualTo(new EntryIds(new DeploymentId("a", "b")).of("c"))
                .isNotEqualTo(new EntryIds(new DeploymentId("a", "b")).of("d"))
                .isNotEqualTo(new EntryIds(new DeploymentId("a", "c")).of("c"))
                .isNotEqualTo(new EntryIds(new DeploymentId("b", "b")).of("c"))
                .isNotEqualTo(new EntryIds(new DeploymentId("a", "bc")).of("d"));
    }

    @Test
    void anIdIsMadeOfItsBytesAgain() {
        EntryIds ids = new EntryIds(WARD);
        for (int i = 0; i < 2_000; i++) {
            EntryId id = ids.of("i" + i);
            assertThat(EntryId.of(id.bytes())).isEqualTo(id);
        }
    }

    @Test
    void aBlockOfAnotherReleaseIsRefused() throws IOException {
        try (TableRig rig = new TableRig(directory)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> rig.restore(new byte[] {1, 1, 0}))
                    .withMessageContaining("another release");
        }
    }

    @Test
    void aStoreOfAnotherReleaseIsRefused() throws Exception {
        Path store = Files.createDirectories(directory.resolve("state-0/join"));
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB other = RocksDB.open(options, store.toString());
                ColumnFamilyHandle segment =
                        other.createColumnFamily(new ColumnFamilyDescriptor("1".getBytes(StandardCharsets.UTF_8)))) {
            assertThat(segment.getID()).isEqualTo(1);
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> new TableRig(directory))
                .withMessageContaining("another release");
    }
}
