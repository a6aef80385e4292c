package dev.lastmile.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.export.ExpositionText.Sample;
import dev.lastmile.http.Refusals;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsExporterTest {

    private static final StreamsHealth HEALTH = new StreamsHealth(
            StreamsHealth.State.RUNNING,
            2,
            1,
            Map.of("t", 42L),
            1_000,
            0.05,
            4_096,
            7,
            9,
            1,
            4,
            3,
            2,
            new StreamsHealth.Ahead(100, 3, 5),
            Map.of("u", 8L),
            5);

    private final ExpositionText ward = ExpositionText.of(new Snapshots(Snapshots.ward()), () -> HEALTH, 20_000);

    /** A metric of the list that dashboards and rules are written against. */
    record Promise(String name, String type, Set<String> labels) {}

    static List<Promise> promises() throws IOException {
        return Files.readAllLines(Path.of("../deploy/prometheus/metrics.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" ", -1))
                .map(words ->
                        new Promise(words[0], words[1], words.length < 3 ? Set.of() : Set.of(words[2].split(",", -1))))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("promises")
    void everyPromisedMetricIsExposedWithItsTypeAndLabels(Promise promise) {
        CollectorRegistry registry = new CollectorRegistry();
        DefaultExports.register(registry);
        new MetricsExporter(
                        new Publications(new Snapshots(Snapshots.ward())),
                        () -> HEALTH,
                        new Refusals(),
                        ExportLimits.DEFAULT,
                        "1.2.3")
                .register(registry);

        ExpositionText text = ExpositionText.of(registry);

        assertThat(text.type(promise.name())).isEqualTo(promise.type());
        assertThat(text.samples(promise.name()))
                .isNotEmpty()
                .allSatisfy(sample -> assertThat(sample.labels().keySet()).isEqualTo(promise.labels()));
    }

    @Test
    void nothingIsExposedThatIsNotPromised() throws IOException {
        Set<String> promised = promises().stream().map(Promise::name).collect(Collectors.toCollection(TreeSet::new));

        assertThat(ward.samples()).extracting(Sample::name).isSubsetOf(promised);
    }

    @Test
    void theValuesAreThoseOfTheSnapshot() {
        Map<String, String> slice = Map.of("slice", "noise=imaging,accent=scottish", "model_version", "asr-3");

        assertThat(ward.value("lastmile_slice_error_ratio", slice)).isEqualTo(0.1);
        assertThat(ward.value("lastmile_slice_error_ratio_lower", slice)).isEqualTo(0.08);
        assertThat(ward.value("lastmile_slice_error_ratio_upper", slice)).isEqualTo(0.13);
        assertThat(ward.value("lastmile_slice_label_coverage_ratio", slice)).isEqualTo(0.5);
        assertThat(ward.value("lastmile_slice_label_delay_seconds", slice)).isEqualTo(5_400);
        assertThat(ward.value("lastmile_slice_disparate_effect_ratio", slice)).isEqualTo(0.121);
        assertThat(ward.value("lastmile_records_total", Map.of("disposition", "inference_joined")))
                .isEqualTo(700);
        assertThat(ward.value("lastmile_records_waiting", Map.of("kind", "truth")))
                .isEqualTo(5);
        assertThat(ward.value("lastmile_records_undecided", Map.of("kind", "inference")))
                .isEqualTo(3);
        assertThat(ward.value("lastmile_dead_letters_total", Map.of("reason", "BAD_AVRO")))
                .isEqualTo(4);
        assertThat(ward.value("lastmile_deployment_updated_timestamp_seconds", Map.of()))
                .isEqualTo(1_767_225_600.5);
        assertThat(ward.value("lastmile_streams_state", Map.of("state", "RUNNING")))
                .isEqualTo(1);
        assertThat(ward.value("lastmile_streams_state", Map.of("state", "ERROR")))
                .isZero();
        assertThat(ward.value("lastmile_streams_consumer_lag_records", Map.of("topic", "t")))
                .isEqualTo(42);
        assertThat(ward.value("lastmile_streams_read_ahead_bytes", Map.of())).isEqualTo(100);
        assertThat(ward.value("lastmile_streams_partitions_waiting", Map.of())).isEqualTo(3);
        assertThat(ward.value("lastmile_streams_held_back_total", Map.of())).isEqualTo(5);
        assertThat(ward.value("lastmile_streams_restored_records_total", Map.of()))
                .isEqualTo(9);
    }

    @Test
    void waitingIsNoCounterSinceItAlsoFalls() {
        assertThat(ward.samples("lastmile_records_total"))
                .extracting(sample -> sample.labels().get("disposition"))
                .hasSize(13)
                .doesNotContain("inference_waiting", "truth_waiting", "inference_undecided", "truth_undecided");
    }

    @Test
    void firingAlertsAreCountedByKindWithZerosAndOnlyTheyAreActive() {
        assertThat(ward.value("lastmile_alerts_firing", Map.of("kind", "DISPARATE_DEGRADATION")))
                .isEqualTo(1);
        assertThat(ward.value("lastmile_alerts_firing", Map.of("kind", "DISPARITY")))
                .isZero();
        assertThat(ward.samples("lastmile_alert_active"))
                .extracting(sample -> sample.labels().get("alert_id"))
                .containsExactly("a1");
    }

    @Test
    void slicesWithFewerThanElevenLabelledInferencesAreNeverShown() {
        assertThat(ward.samples()).noneMatch(sample -> sample.labels().containsValue("accent=rare"));
    }

    @Test
    void whatIsNotKnownIsAbsentInsteadOfZero() {
        ExpositionText text =
                ExpositionText.of(new Snapshots(Snapshots.wide(1)), () -> StreamsHealth.NOT_STARTED, 20_000);

        assertThat(text.samples("lastmile_slice_disparate_effect_ratio")).hasSize(1);
        assertThat(text.samples("lastmile_baseline_labelled")).isEmpty();
        assertThat(text.samples("lastmile_streams_commit_latency_seconds_avg")).isEmpty();
        assertThat(text.value("lastmile_baseline_frozen", Map.of())).isZero();
    }

    @Test
    void ofRecordsThatNoPolicyCoversOnlyTheFateIsShown() {
        DeploymentSnapshot unattributed = new DeploymentSnapshot(
                new DeploymentId("st-marys", "__unattributed__"),
                null,
                BaselineStanding.NONE,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                new Ledger(),
                Map.of("BAD_FRAME", 17L),
                0);

        ExpositionText text = ExpositionText.of(new Snapshots(unattributed), () -> HEALTH, 20_000);

        assertThat(text.value("lastmile_dead_letters_total", Map.of("deployment", "__unattributed__")))
                .isEqualTo(17);
        assertThat(text.samples("lastmile_alerts_firing")).isEmpty();
        assertThat(text.samples("lastmile_deployment_updated_timestamp_seconds"))
                .isEmpty();
    }

    @Test
    void theSeriesBudgetKeepsAlertsTheWholeAndTheWorstSlicesAndCountsTheRest() {
        CollectorRegistry registry = new CollectorRegistry();
        new MetricsExporter(
                        new Publications(new Snapshots(Snapshots.wide(1_000))),
                        () -> HEALTH,
                        new Refusals(),
                        new ExportLimits(200, 5_000_000),
                        "1")
                .register(registry);

        ExpositionText text = ExpositionText.of(registry);

        double kept = text.value("lastmile_export_series", Map.of());
        double suppressed = text.value("lastmile_export_series_suppressed_total", Map.of());
        assertThat(kept).isLessThanOrEqualTo(200).isGreaterThan(180);
        assertThat(text.value("lastmile_export_series_limit", Map.of())).isEqualTo(200);
        assertThat(kept + suppressed).isEqualTo(3 + 2 + 17 + 8 + 10 + 11 * 1_000);
        assertThat(text.samples("lastmile_alert_active")).hasSize(1);
        assertThat(text.samples("lastmile_slice_error_ratio"))
                .extracting(sample -> sample.labels().get("slice"))
                .contains("overall", "accent=a999", "accent=a990")
                .doesNotContain("accent=a0", "accent=a500");
        assertThat(ExpositionText.of(registry).value("lastmile_export_series_suppressed_total", Map.of()))
                .isEqualTo(2 * suppressed);
    }

    /** Letters of one, two, three and four bytes, and those that are escaped. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "語", "𝒜", "\"", "\\", "\n"})
    void theLongestLabelsStayWithinTheBytesAndAlertsWholesAndTheWorstSlicesAreKept(String letter) {
        int deployments = 12;
        int slices = 1_000;
        CollectorRegistry registry = new CollectorRegistry();
        DefaultExports.register(registry);
        List<DeploymentSnapshot> wordy = IntStream.range(0, deployments)
                .mapToObj(number -> Snapshots.wordy(number, slices, letter))
                .toList();
        new MetricsExporter(
                        new Publications(new Snapshots(wordy.toArray(DeploymentSnapshot[]::new))),
                        () -> HEALTH,
                        new Refusals(),
                        new ExportLimits(1_000_000, 5_000_000),
                        "1")
                .register(registry);

        byte[] exposed = Exposition.of(registry);

        ExpositionText text = ExpositionText.of(exposed);
        assertThat(exposed.length).isBetween(4_850_000, 5_000_000);
        double ours = text.value("lastmile_export_bytes", Map.of());
        assertThat(ours)
                .isEqualTo((double) bytesOfDeploymentsAndTopics(exposed))
                .isLessThanOrEqualTo(4_900_000);
        assertThat(text.value("lastmile_export_bytes_limit", Map.of())).isEqualTo(5_000_000);
        assertThat(text.samples("lastmile_alert_active")).hasSize(deployments);
        assertThat(text.samples("lastmile_baseline_frozen")).hasSize(deployments);
        List<Double> kept = text.samples("lastmile_slice_disparate_effect_ratio").stream()
                .map(Sample::value)
                .toList();
        assertThat(text.samples("lastmile_slice_error_ratio"))
                .filteredOn(sample -> "overall".equals(sample.labels().get("slice")))
                .hasSize(deployments);
        // Of all deployments the worst, and of those that are as bad as the best that is kept perhaps not all.
        double best = kept.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        assertThat(best).isGreaterThan(0.1);
        assertThat(kept).hasSizeGreaterThan(200);
        assertThat(kept.stream().filter(effect -> effect > best).count())
                .isEqualTo(deployments * (slices - 1 - Math.round(best * slices)));
        assertThat(text.value("lastmile_export_series", Map.of())
                        + text.value("lastmile_export_series_suppressed_total", Map.of()))
                .isEqualTo(3 + deployments * (2 + 17 + 8 + 10 + 11 * slices));
    }

    private static long bytesOfDeploymentsAndTopics(byte[] exposed) {
        return new String(exposed, StandardCharsets.UTF_8)
                .lines()
                .filter(line ->
                        line.startsWith("lastmile_") && (line.contains("deployment=") || line.contains("topic=")))
                .mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length + 1L)
                .sum();
    }

    @Test
    void lagsOfTopicsAreKeptBeforeWhateverDeploymentsThereAre() {
        Map<String, Long> lags = IntStream.range(0, 50).boxed().collect(Collectors.toMap(n -> "t" + n, n -> (long) n));
        StreamsHealth health = new StreamsHealth(
                StreamsHealth.State.RUNNING,
                2,
                1,
                lags,
                1_000,
                0.05,
                4_096,
                7,
                9,
                1,
                4,
                3,
                2,
                StreamsHealth.Ahead.NOTHING,
                Map.of(),
                0);

        ExpositionText text = ExpositionText.of(new Snapshots(Snapshots.wide(1_000)), () -> health, 40);

        assertThat(text.samples("lastmile_alert_active")).hasSize(1);
        assertThat(text.samples("lastmile_streams_consumer_lag_records"))
                .extracting(Sample::value)
                .hasSize(19)
                .contains(49.0, 31.0);
        assertThat(text.samples("lastmile_slice_error_ratio")).isEmpty();
    }

    @Test
    void aLabelFromOutsideCannotEndItsLine() {
        DeploymentSnapshot tricky = new DeploymentSnapshot(
                Snapshots.WARD,
                Snapshots.ward().metric(),
                BaselineStanding.NONE,
                List.of(Snapshots.slice(dev.lastmile.slice.Slice.of("accent", "a\"} 1\nfake_metric 2\\"), 11, null)),
                List.of(),
                Map.of(),
                List.of(),
                new Ledger(),
                Map.of(),
                0);

        ExpositionText text = ExpositionText.of(new Snapshots(tricky), () -> HEALTH, 20_000);

        assertThat(text.samples("fake_metric")).isEmpty();
        assertThat(text.samples("lastmile_slice_labelled")).hasSize(1);
    }

    @Test
    void creationTimesOfCountersAreNotExposed() {
        CollectorRegistry registry = new CollectorRegistry();
        Counter.build("other_total", "A counter of a library.")
                .register(registry)
                .inc();

        ExpositionText text = ExpositionText.of(registry);

        assertThat(text.samples()).extracting(Sample::name).containsExactly("other_total");
    }
}
