package dev.lastmile.topology;

import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.WARD;
import static dev.lastmile.topology.Fixtures.heard;
import static dev.lastmile.topology.Fixtures.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Topics;
import dev.lastmile.score.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatisticsFlowTest {

    private static final Map<String, String> SCOTTISH = Map.of("accent", "scottish");

    /** Something a customer sends, with the time it is appended. */
    private record Sent(
            @Nullable InferenceEvent inference, @Nullable GroundTruthEvent truth, Instant appendedAt) {
        void to(MonitorHarness monitor) {
            if (inference != null) {
                monitor.send(CUSTOMER, inference, appendedAt);
            }
            if (truth != null) {
                monitor.send(CUSTOMER, truth, appendedAt);
            }
        }
    }

    /** Twelve hours: duplicates, conflicts, corrections, late and missing truths, truths first. */
    private static List<Sent> traffic(long seed) {
        Random random = new Random(seed);
        String[] accents = {"scottish", "welsh", "indian"};
        String[] noises = {"none", "imaging"};
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Instant at = NOON.plusSeconds(random.nextInt(12 * 3_600));
            Map<String, String> attributes =
                    Map.of("accent", accents[random.nextInt(3)], "noise", noises[random.nextInt(2)]);
            InferenceEvent inference = Fixtures.labelled("i" + i, at, attributes, "yes");
            sent.add(new Sent(inference, null, at));
            if (random.nextInt(8) == 0) {
                sent.add(new Sent(inference, null, at.plusSeconds(5)));
            }
            int truths = random.nextInt(4);
            for (int revision = 0; revision < truths; revision++) {
                Duration after =
                        random.nextInt(10) == 0 ? Duration.ofDays(20) : Duration.ofMinutes(random.nextInt(3_000));
                GroundTruthEvent truth = GroundTruthEvent.newBuilder(said("i" + i, at.plus(after), "", revision))
                        .setTruth(new Label(random.nextInt(3) == 0 ? "no" : "yes"))
                        .build();
                sent.add(new Sent(null, truth, at.plus(after)));
                if (random.nextInt(8) == 0) {
                    sent.add(new Sent(null, truth, at.plus(after).plusSeconds(1)));
                }
            }
        }
        return sent;
    }

    private static DeploymentPolicy labels() {
        return Fixtures.policy(Metric.ERROR_RATE, new BaselinePlan.None());
    }

    private static DeploymentSnapshot snapshotOf(List<Sent> traffic) {
        try (MonitorHarness monitor = new MonitorHarness(labels())) {
            Random random = new Random(traffic.size());
            for (Sent sent : traffic) {
                sent.to(monitor);
                if (random.nextInt(50) == 0) {
                    monitor.pass(Duration.ofSeconds(1));
                }
            }
            monitor.settle();
            return monitor.snapshot(CUSTOMER, WARD);
        }
    }

    private static Map<String, List<Long>> sums(DeploymentSnapshot snapshot) {
        Map<String, List<Long>> sums = new TreeMap<>();
        for (SliceStanding slice : snapshot.slices()) {
            sums.put(
                    slice.slice().toString(),
                    List.of(slice.received(), slice.labelled(), slice.errors(), slice.trials()));
        }
        return sums;
    }

    /** See {@link Ledger}. */
    private static void assertBalanced(Ledger ledger, DeploymentSnapshot snapshot, List<Sent> traffic) {
        assertThat(ledger.inferencesReceived())
                .isEqualTo(traffic.stream()
                        .filter(sent -> sent.inference() != null)
                        .count());
        assertThat(ledger.truthsReceived())
                .isEqualTo(traffic.stream().filter(sent -> sent.truth() != null).count());
        SliceStanding overall = snapshot.slices().get(0);
        assertThat(ledger.get(Disposition.INFERENCE_JOINED)).isEqualTo(overall.labelled());
        assertThat(ledger.get(Disposition.INFERENCE_JOINED)
                        + ledger.get(Disposition.INFERENCE_WAITING)
                        + ledger.get(Disposition.INFERENCE_EXPIRED))
                .isEqualTo(overall.received());
        assertThat(ledger.get(Disposition.TRUTH_JOINED)).isEqualTo(overall.labelled());
    }

    @Test
    void feedingTheInputTwiceChangesNoStatistic() {
        List<Sent> once = traffic(1);
        List<Sent> twice = new ArrayList<>(once);
        twice.addAll(once);

        DeploymentSnapshot first = snapshotOf(once);
        DeploymentSnapshot second = snapshotOf(twice);

        assertThat(sums(second)).isEqualTo(sums(first));
        assertBalanced(first.ledger(), first, once);
        assertBalanced(second.ledger(), second, twice);
    }

    @Test
    void shufflingTheInputWithinTheHorizonChangesNoStatistic() {
        List<Sent> inOrder = traffic(2);
        List<Sent> shuffled = new ArrayList<>(inOrder);
        Collections.shuffle(shuffled, new Random(3));

        DeploymentSnapshot first = snapshotOf(inOrder);
        DeploymentSnapshot second = snapshotOf(shuffled);

        assertThat(sums(second)).isEqualTo(sums(first));
        assertBalanced(second.ledger(), second, shuffled);
        assertThat(sums(first)).hasSizeGreaterThan(8);
    }

    @Test
    void theStatisticsTopicAddsUpToTheSnapshotAndTheHistoryIsItsBuckets() {
        try (MonitorHarness monitor = new MonitorHarness(labels())) {
            traffic(4).forEach(sent -> sent.to(monitor));
            monitor.publish();

            Map<String, GenericRecord> last = new HashMap<>();
            monitor.read(Topics.sliceStatistics(CUSTOMER)).forEach(entry -> last.put(entry.getKey(), entry.getValue()));
            DeploymentSnapshot snapshot = monitor.snapshot(CUSTOMER, WARD);
            SliceStanding overall = snapshot.slices().get(0);
            List<GenericRecord> published = last.values().stream()
                    .filter(cell -> cell.get("slice_name").toString().equals("overall"))
                    .sorted((a, b) -> Long.compare((Long) a.get("bucket_start"), (Long) b.get("bucket_start")))
                    .toList();

            assertThat(published).hasSizeGreaterThanOrEqualTo(12);
            assertThat(published.stream()
                            .mapToLong(cell -> (Long) cell.get("labelled"))
                            .sum())
                    .isEqualTo(overall.labelled());
            assertThat(published.stream()
                            .mapToLong(cell -> (Long) cell.get("errors"))
                            .sum())
                    .isEqualTo(overall.errors());
            assertThat(published.stream()
                            .mapToLong(cell -> (Long) cell.get("inferences"))
                            .sum())
                    .isEqualTo(overall.received());
            List<DeploymentSnapshot.HistoryPoint> history =
                    Objects.requireNonNull(snapshot.history().get("overall"));
            assertThat(history).hasSameSizeAs(published);
            for (int i = 0; i < history.size(); i++) {
                assertThat(history.get(i).bucketStartMs())
                        .isEqualTo(published.get(i).get("bucket_start"));
                assertThat(history.get(i).labelled()).isEqualTo(published.get(i).get("labelled"));
                assertThat(history.get(i).ratio())
                        .isEqualTo((Double) published.get(i).get("ratio"));
            }
        }
    }

    @Test
    void aCellIsPublishedFromElevenLabelsOnAndFollowsCorrections() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            for (int i = 0; i < 12; i++) {
                monitor.send(CUSTOMER, heard("i" + i, NOON.plusSeconds(i), SCOTTISH, "one two three four"));
            }
            for (int i = 0; i < 10; i++) {
                monitor.send(CUSTOMER, said("i" + i, NOON.plusSeconds(600), "one two three", 0));
            }
            monitor.publish();
            assertThat(monitor.read(Topics.sliceStatistics(CUSTOMER))).isEmpty();
            assertThat(monitor.snapshot(CUSTOMER, WARD).slices()).isEmpty();
            assertThat(monitor.snapshot(CUSTOMER, WARD).history()).isEmpty();

            monitor.send(CUSTOMER, said("i10", NOON.plusSeconds(600), "one two three", 0));
            monitor.publish();
            List<Map.Entry<String, GenericRecord>> eleven = monitor.read(Topics.sliceStatistics(CUSTOMER));
            assertThat(eleven)
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrder(
                            "ward-7|v1|overall|2026-03-02T12:00:00Z",
                            "ward-7|v1|accent=scottish|2026-03-02T12:00:00Z",
                            "ward-7|v1|noise=unknown|2026-03-02T12:00:00Z",
                            "ward-7|v1|noise=unknown,accent=scottish|2026-03-02T12:00:00Z");

            monitor.send(CUSTOMER, said("i0", NOON.plusSeconds(700), "one two three four", 1));
            monitor.publish();

            assertCorrected(
                    monitor.read(Topics.sliceStatistics(CUSTOMER)).get(0).getValue());
            monitor.publish();
            assertThat(monitor.read(Topics.sliceStatistics(CUSTOMER))).isEmpty();
        }
    }

    /** As in a backlog of months that is read within a minute. */
    @Test
    void aCellIsPublishedBeforeItIsForgottenHoweverFastTimeGoesBy() {
        Duration second = Duration.ofSeconds(1);
        TopologySettings.Pace publishedRarely = new TopologySettings.Pace(second, second, 5_000, Duration.ofMinutes(5));
        try (MonitorHarness monitor = new MonitorHarness(publishedRarely, Fixtures.words())) {
            for (int i = 0; i < 11; i++) {
                monitor.send(CUSTOMER, heard("i" + i, NOON, SCOTTISH, "one two three four"));
                monitor.send(CUSTOMER, said("i" + i, NOON.plusSeconds(600), "one two three", 0));
            }
            monitor.send(CUSTOMER, heard("later", NOON.plus(Duration.ofDays(90)), SCOTTISH, "one"));
            monitor.settle();

            monitor.pass(Duration.ofMinutes(1));

            assertThat(monitor.read(Topics.sliceStatistics(CUSTOMER)))
                    .extracting(Map.Entry::getKey)
                    .contains("ward-7|v1|overall|2026-03-02T12:00:00Z");
        }
    }

    private static void assertCorrected(GenericRecord cell) {
        assertThat(cell.get("customer")).hasToString(CUSTOMER);
        assertThat(cell.get("deployment")).hasToString(WARD);
        assertThat(cell.get("metric")).hasToString("word_error_rate");
        assertThat(cell.get("model_version")).hasToString("v1");
        assertThat(cell.get("bucket_start")).isEqualTo(NOON.toEpochMilli());
        assertThat(cell.get("bucket_end_exclusive"))
                .isEqualTo(NOON.plus(Duration.ofHours(1)).toEpochMilli());
        assertThat(cell.get("inferences")).isEqualTo(12L);
        assertThat(cell.get("labelled")).isEqualTo(11L);
        assertThat(cell.get("errors")).isEqualTo(10L);
        assertThat(cell.get("trials")).isEqualTo(34L);
        assertThat(cell.get("units_per_trial")).isEqualTo(1L);
        assertThat((Double) cell.get("ratio")).isEqualTo(10 / 34.0);
        assertThat((Double) cell.get("lower")).isLessThan(10 / 34.0);
        assertThat((Double) cell.get("upper")).isGreaterThan(10 / 34.0);
        assertThat(cell.get("insertions")).isEqualTo(10L);
        assertThat(cell.get("substitutions")).isEqualTo(0L);
        assertThat(cell.get("deletions")).isEqualTo(0L);
        assertThat(cell.get("empty_references")).isEqualTo(0L);
        assertThat((Double) cell.get("label_coverage")).isEqualTo(11 / 12.0);
        assertThat((Double) cell.get("median_label_delay_seconds")).isBetween(255.0, 1_023.0);
        assertThat(cell.get("baseline_version")).isNull();
        assertThat(cell.get("updated_at")).isEqualTo(NOON.plusSeconds(700).toEpochMilli());
    }

    @Test
    void aModelVersionThatNoOutputMayShowIsCountedAsInvalid() {
        try (MonitorHarness monitor = new MonitorHarness(Fixtures.words())) {
            for (int i = 0; i < 11; i++) {
                monitor.send(
                        CUSTOMER,
                        InferenceEvent.newBuilder(heard("i" + i, NOON, SCOTTISH, "x"))
                                .setModelVersion(i % 2 == 0 ? "v\u202E1" : "__other__")
                                .build());
                monitor.send(CUSTOMER, said("i" + i, NOON, "x", 0));
            }
            monitor.settle();

            assertThat(monitor.snapshot(CUSTOMER, WARD).slices())
                    .isNotEmpty()
                    .allSatisfy(slice -> assertThat(slice.modelVersion()).isEqualTo("__invalid__"));
        }
    }
}
