package dev.lastmile.topology;

import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.WARD;
import static dev.lastmile.topology.Fixtures.heard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.event.Disposition;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Topics;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What customers invent without end: the caps hold, and all together is still what was sent. */
@NullMarked
class InventionsFlowTest {

    /** Our own names: unknown, invalid, other. */
    private static final int NAMES_OF_OURS = 3;

    /** What was received of each slice of each model version, whether or not it may be shown. */
    private static Map<String, Map<Slice, Long>> received(DeploymentSnapshot snapshot) {
        Map<String, Map<Slice, Long>> received = new TreeMap<>();
        snapshot.slices().forEach(one -> received.computeIfAbsent(one.modelVersion(), any -> new TreeMap<>())
                .put(one.slice(), one.received()));
        snapshot.small().forEach(one -> received.computeIfAbsent(one.modelVersion(), any -> new TreeMap<>())
                .put(one.slice(), one.received()));
        return received;
    }

    private static Set<String> valuesOf(Map<Slice, Long> received, String dimension) {
        return received.keySet().stream()
                .filter(slice ->
                        slice.terms().size() == 1 && slice.last().dimension().equals(dimension))
                .map(slice -> slice.last().value())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Along every dimension the parts are the whole. */
    private static void assertThatPartsAreTheWhole(Map<Slice, Long> received) {
        Map<Slice, Map<String, Long>> sums = new HashMap<>();
        received.forEach((slice, its) -> {
            if (!slice.isOverall()) {
                sums.computeIfAbsent(slice.parent(), any -> new HashMap<>())
                        .merge(slice.last().dimension(), its, Long::sum);
            }
        });
        assertThat(sums).isNotEmpty();
        sums.forEach((parent, byDimension) -> assertThat(byDimension.values())
                .as("parts of %s", parent)
                .containsOnly(received.getOrDefault(parent, -1L)));
    }

    @Test
    void thousandsOfNewValuesAreCappedAndNoMessageIsTooLargeForTheBroker() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            int inferences = 12_000;
            for (int i = 0; i < inferences; i++) {
                monitor.send(
                        CUSTOMER,
                        heard("i" + i, NOON, Map.of("accent", "a".repeat(50) + i, "noise", "n".repeat(50) + i), "x"));
            }
            monitor.settle();

            assertThat(monitor.readRaw("lastmile-test-deltas-repartition"))
                    .isNotEmpty()
                    .allSatisfy(delta -> assertThat(delta.value().length).isLessThan(1_000_000));
            DeploymentSnapshot snapshot = monitor.snapshot(CUSTOMER, WARD);
            assertThat(snapshot.ledger().get(Disposition.INFERENCE_WAITING)).isEqualTo(inferences);
            Map<Slice, Long> slices = received(snapshot).getOrDefault("v1", Map.of());
            for (String dimension : List.of("accent", "noise")) {
                assertThat(valuesOf(slices, dimension))
                        .contains(Slice.OTHER)
                        .hasSizeBetween(
                                Limits.DEFAULT.valuesPerDimension(),
                                Limits.DEFAULT.valuesPerDimension() + NAMES_OF_OURS);
            }
            // One more for each parent holds its others.
            assertThat(slices)
                    .hasSizeLessThanOrEqualTo(Limits.DEFAULT.liveSlices()
                            + valuesOf(slices, "noise").size());
            assertThat(slices).containsEntry(Slice.OVERALL, (long) inferences);
            assertThatPartsAreTheWhole(slices);
        }
    }

    @Test
    void intersectionsWithoutEndAreCappedToo() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            int inferences = 60 * 60;
            for (int i = 0; i < inferences; i++) {
                monitor.send(
                        CUSTOMER, heard("i" + i, NOON, Map.of("accent", "a" + i % 60, "noise", "n" + i / 60), "x"));
            }
            monitor.settle();

            Map<Slice, Long> slices = received(monitor.snapshot(CUSTOMER, WARD)).getOrDefault("v1", Map.of());
            Map<Boolean, Long> intersections = slices.keySet().stream()
                    .filter(slice -> slice.terms().size() > 1)
                    .collect(Collectors.partitioningBy(
                            slice -> slice.last().value().equals(Slice.OTHER), Collectors.counting()));
            assertThat(intersections.get(false))
                    .isBetween(Limits.DEFAULT.liveSlices() / 2L, (long) Limits.DEFAULT.liveSlices());
            assertThat(intersections.get(true)).as("one for each parent").isBetween(1L, 60L);
            assertThat(slices).containsEntry(Slice.OVERALL, (long) inferences);
            assertThatPartsAreTheWhole(slices);
        }
    }

    @Test
    void dimensionsThatNobodyDeclaredTakeNothing() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            int inferences = 500;
            for (int i = 0; i < inferences; i++) {
                Map<String, String> attributes = new HashMap<>(Map.of("accent", "a"));
                for (int more = 0; more < 63; more++) {
                    attributes.put("d" + i + "x" + more, "v" + i);
                }
                monitor.send(CUSTOMER, heard("i" + i, NOON, attributes, "x"));
            }
            Map<String, String> tooMany = new HashMap<>();
            for (int more = 0; more < 65; more++) {
                tooMany.put("d" + more, "v");
            }
            monitor.send(CUSTOMER, heard("too many", NOON, tooMany, "x"));
            monitor.settle();

            assertThat(monitor.read(Topics.deadLetters(CUSTOMER))).hasSize(1);
            Map<Slice, Long> slices = received(monitor.snapshot(CUSTOMER, WARD)).getOrDefault("v1", Map.of());
            Slice unknownNoise = Slice.of("noise", Slice.UNKNOWN);
            assertThat(slices.keySet())
                    .containsExactlyInAnyOrder(
                            Slice.OVERALL, Slice.of("accent", "a"), unknownNoise, unknownNoise.and("accent", "a"));
            assertThat(slices.values()).containsOnly((long) inferences);
        }
    }

    @Test
    void modelVersionsWithoutEndAreCountedTogether() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            int inferences = 1_000;
            for (int i = 0; i < inferences; i++) {
                monitor.send(
                        CUSTOMER,
                        InferenceEvent.newBuilder(heard("i" + i, NOON, Map.of("accent", "a" + i % 3), "x"))
                                .setModelVersion("v" + i)
                                .build());
            }
            monitor.settle();

            Map<String, Map<Slice, Long>> byVersion = received(monitor.snapshot(CUSTOMER, WARD));
            assertThat(byVersion).hasSize(SliceRegistry.MAX_VERSIONS + 1).containsKey(Slice.OTHER);
            assertThat(byVersion.values().stream()
                            .mapToLong(slices -> slices.getOrDefault(Slice.OVERALL, 0L))
                            .sum())
                    .isEqualTo(inferences);
            byVersion.values().forEach(InventionsFlowTest::assertThatPartsAreTheWhole);
        }
    }

    @Test
    void deploymentsWithoutEndAreCappedAndTheRestAreDeadLetters() {
        int most = 1_000;
        int invented = 2_500;
        DeploymentPolicy any = EnrolmentFlowTest.invented(Fixtures.words());
        try (MonitorHarness monitor = new MonitorHarness(new Policies(List.of(any), most))) {
            for (int i = 0; i < invented; i++) {
                monitor.send(CUSTOMER, of("d" + i));
            }
            monitor.send("mercy", of("d0"));
            monitor.settle();

            assertThat(monitor.deployments(CUSTOMER))
                    .hasSize(most + 1)
                    .contains("d0", "d" + (most - 1), "__unattributed__")
                    .doesNotContain("d" + most);
            assertThat(monitor.read(Topics.deadLetters(CUSTOMER)))
                    .hasSize(invented - most)
                    .allSatisfy(letter ->
                            assertThat(letter.getValue().get("reason")).hasToString("TOO_MANY_DEPLOYMENTS"));
            assertThat(monitor.snapshot(CUSTOMER, "__unattributed__").deadLetters())
                    .containsExactly(Map.entry("TOO_MANY_DEPLOYMENTS", (long) invented - most));
            assertThat(monitor.snapshot("mercy", "d0").ledger().inferencesReceived())
                    .isEqualTo(1);
        }
    }

    private static InferenceEvent of(String deployment) {
        return InferenceEvent.newBuilder(heard("i of " + deployment, NOON, Map.of("accent", "a"), "x"))
                .setDeployment(deployment)
                .build();
    }
}
