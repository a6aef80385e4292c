package dev.lastmile.topology;

import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.WARD;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lastmile.event.Answer;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Inference;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinOutcome;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.Slicing;
import dev.lastmile.topology.serde.DeltaCodec;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TalliesTest {

    private static final DeploymentId ID = new DeploymentId(CUSTOMER, WARD);

    private final Tallies tallies = new Tallies.Builder().build();
    private final List<Delta> deltas = new ArrayList<>();

    private void accept(DeploymentPolicy policy, DeploymentId id, int number, Map<String, String> attributes) {
        accept(policy, policy, id, "v1", number, attributes);
    }

    /**
     * Counts an inference.
     *
     * @param before the policy under which it was accepted
     * @param inForce the policy under which it is counted
     */
    private void accept(
            DeploymentPolicy before,
            DeploymentPolicy inForce,
            DeploymentId id,
            String version,
            int number,
            Map<String, String> attributes) {
        long occurredAtMs = NOON.toEpochMilli();
        JoinOutcome outcome = before.joiner(id)
                .infer(
                        null,
                        new Inference(
                                id,
                                version,
                                "i" + number,
                                occurredAtMs,
                                attributes,
                                new Answer.ErrorCounts(1, 2),
                                null,
                                null,
                                Map.of()));
        deltas.addAll(tallies.add(id, occurredAtMs + number, outcome, inForce));
    }

    private void drain() {
        deltas.addAll(tallies.take());
    }

    @Test
    void whatWasCountedIsSentOnceAndForgotten() {
        DeploymentPolicy policy = Fixtures.words();
        DeploymentId other = new DeploymentId("acme", WARD);
        for (int i = 0; i < 10; i++) {
            accept(policy, i < 3 ? other : ID, i, Map.of("accent", "a" + i % 2));
        }

        drain();

        assertThat(deltas).extracting(Delta::deployment).containsExactly(other, ID);
        assertThat(deltas).extracting(Delta::clockMs).containsExactly(NOON.toEpochMilli() + 2, NOON.toEpochMilli() + 9);
        Delta mine = deltas.get(1);
        assertThat(mine.ledger().get(Disposition.INFERENCE_JOINED)).isEqualTo(7);
        assertThat(mine.cells())
                .filteredOn(cell -> cell.slice().isOverall())
                .singleElement()
                .satisfies(cell -> {
                    assertThat(cell.counts().received()).isEqualTo(7);
                    assertThat(cell.counts().ratio().trials()).isEqualTo(14);
                });
        deltas.clear();
        drain();
        assertThat(deltas).isEmpty();
    }

    @Test
    void aStreamOfNewValuesIsSentEarlyAndNoInferenceIsCutInTwo() {
        DeploymentPolicy policy = Fixtures.words();
        for (int i = 0; i < 6_000; i++) {
            accept(policy, ID, i, Map.of("accent", "x".repeat(50) + i));
        }
        drain();

        assertThat(deltas).hasSizeGreaterThan(2);
        Ledger sum = new Ledger();
        for (Delta delta : deltas) {
            sum.add(delta.ledger());
            long overall = received(delta, Slice.OVERALL, "");
            assertThat(received(delta, Slice.OVERALL, "accent")).isEqualTo(overall);
            assertThat(received(delta, Slice.of("noise", Slice.UNKNOWN), "accent"))
                    .isEqualTo(overall);
        }
        assertThat(sum.get(Disposition.INFERENCE_JOINED)).isEqualTo(6_000);
    }

    /** A bucket is of one version: it must not have room for all slices that were seen before. */
    @Test
    void newVersionsAndValuesTakeNoMoreRoomTheMoreThereWereBefore() {
        DeploymentPolicy policy = Fixtures.words();
        flood(policy, 0, 1_000);
        long first = flood(policy, 1_000, 1_500);
        flood(policy, 1_500, 20_000);
        drain();
        flood(policy, 20_000, 21_000);

        assertThat(flood(policy, 21_000, 21_500)).isLessThan(2 * first);
    }

    /** Where the first slices of a bucket are late ones, and wherever else their places end. */
    @Test
    void everythingIsCountedInWhateverOrderSlicesCome() {
        DeploymentPolicy policy = Fixtures.words();
        int values = 1_000;
        flood(policy, 0, values);
        drain();
        deltas.clear();
        SplittableRandom random = new SplittableRandom(1);
        for (int version = 0; version < 20; version++) {
            int first = random.nextInt(values);
            for (int i = 0; i < 2 * values; i++) {
                int value = (first + 7 * i) % values;
                accept(
                        policy,
                        policy,
                        ID,
                        "w" + version,
                        (version + 1) * 10 * values + i,
                        Map.of("accent", "a" + value, "noise", "n" + value));
            }
        }
        drain();

        Map<String, Long> received = new HashMap<>();
        for (Delta delta : deltas) {
            for (Delta.Cell cell : delta.cells()) {
                received.merge(
                        cell.modelVersion() + " " + cell.slice(), cell.counts().received(), Long::sum);
            }
        }
        received.forEach((cell, count) ->
                assertThat(count).as(cell).isEqualTo(cell.endsWith(" " + Slice.OVERALL) ? 2L * values : 2));
        assertThat(received).hasSize(20 * (1 + 3 * values));
    }

    /** Bytes that were allocated for it. */
    private long flood(DeploymentPolicy policy, int from, int to) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = from; i < to; i++) {
            accept(policy, policy, ID, "v" + i, i, Map.of("accent", "a" + i, "noise", "n" + i));
        }
        return thread.getCurrentThreadAllocatedBytes() - before;
    }

    /** Names are bounded in characters, messages in bytes, and a character may take three. */
    @Test
    void longNamesOfRareLettersMakeNoMessageThatTheBrokerRefuses() {
        DeploymentPolicy policy = Fixtures.words();
        for (int i = 0; i < 6_000; i++) {
            Map<String, String> attributes = Map.of("accent", "\u4e00".repeat(60) + i);
            accept(policy, policy, ID, "\u4e00".repeat(128), i, attributes);
        }
        drain();

        assertThat(deltas)
                .allSatisfy(delta -> assertThat(DeltaCodec.write(delta).length).isLessThan(800_000));
    }

    private static long received(Delta delta, Slice parent, String dimension) {
        return delta.cells().stream()
                .filter(cell -> dimension.isEmpty()
                        ? cell.slice().equals(parent)
                        : !cell.slice().isOverall()
                                && cell.slice().parent().equals(parent)
                                && cell.slice().last().dimension().equals(dimension))
                .mapToLong(cell -> cell.counts().received())
                .sum();
    }

    @Test
    void anInferenceAcceptedUnderAnotherSlicingIsCountedAsAWhole() {
        DeploymentPolicy before = Fixtures.words();
        for (Slicing other : List.of(
                new Slicing(List.of("accent", "noise", "ward"), List.of()),
                new Slicing(List.of("noise", "accent"), List.of(List.of("noise", "accent"))),
                new Slicing(List.of("accent", "noise"), List.of()),
                new Slicing(List.of(), List.of()))) {
            deltas.clear();
            DeploymentPolicy inForce = new DeploymentPolicy(
                    before.customer(),
                    before.deployment(),
                    before.scorer(),
                    other,
                    before.bucket(),
                    before.horizon(),
                    before.corrections(),
                    before.baseline(),
                    before.detection(),
                    before.limits());
            accept(before, inForce, ID, "v1", 1, Map.of("accent", "scottish"));
            tallies.add(ID, 0, Disposition.TRUTH_WAITING, 1);
            drain();

            assertThat(deltas).singleElement().satisfies(delta -> assertThat(delta.cells())
                    .extracting(Delta.Cell::slice)
                    .containsExactly(Slice.OVERALL));
        }
    }
}
