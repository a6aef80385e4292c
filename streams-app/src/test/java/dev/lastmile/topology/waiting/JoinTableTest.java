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
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Random entries, changes, saves, sweeps, restarts and losses of the machine, beside a plain map. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itHoldsWhatAPlainMapHolds(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, JoinEntry> model = new HashMap<>();
        Map<String, JoinEntry> saved = new HashMap<>();
        long nowMs = 1_000_000;
        try (TableRig rig = new TableRig(directory)) {
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

    @Test
    void aSilentCustomerLosesNothingAndHoldsNoOneElsesSpace() throws IOException {
        try (TableRig rig = new TableRig(directory)) {
            EntryIds ids = new EntryIds(SHOP);
            for (int i = 0; i < 30; i++) {
                rig.keep(ids.of("s" + i), known(SHOP, i, "a", null, false), i);
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
    void idsAreInTheOrderOfTheirBytesAndNeverBeginWithZero() {
        EntryIds ids = new EntryIds(WARD);
        for (int i = 0; i < 2_000; i++) {
            EntryId one = ids.of("i" + i);
            EntryId other = ids.of("j" + i);
            assertThat(one.bytes()[0]).isNotZero();
            assertThat(EntryId.of(one.bytes())).isEqualTo(one);
            assertThat(Integer.signum(one.compareTo(other)))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(one.bytes(), other.bytes())));
        }
    }

    @Test
    void aBlockOfAnotherReleaseIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Block.asBatch(new byte[] {2, 1, 0}, 1, (high, low) -> {}))
                .withMessageContaining("another release");
    }
}
