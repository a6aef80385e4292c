package dev.lastmile.topology;

import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.WARD;
import static dev.lastmile.topology.Fixtures.labelled;
import static dev.lastmile.topology.Fixtures.was;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.alert.AlertState;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.detection.Verdict;
import dev.lastmile.schema.Topics;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** From what customers send to the alert that says so. Four accents, error rate; half an hour of traffic an hour bucket. */
class DetectionFlowTest {

    private static final List<String> ACCENTS = List.of("scottish", "welsh", "indian", "irish");
    private static final double HEALTHY = 0.08;

    private final Random random = new Random(20_260_302);
    private Instant now = NOON;
    private int sent;

    private static DeploymentPolicy policy(BaselinePlan baseline) {
        DeploymentPolicy policy = Fixtures.policy(Metric.ERROR_RATE, baseline);
        return new DeploymentPolicy(
                policy.customer(),
                policy.deployment(),
                policy.scorer(),
                new dev.lastmile.slice.Slicing(List.of("accent"), List.of()),
                policy.bucket(),
                policy.horizon(),
                policy.corrections(),
                policy.baseline(),
                policy.detection(),
                policy.limits());
    }

    /** Sends labelled inferences, five seconds apart, with the error rates given by accent. */
    private void send(MonitorHarness monitor, int count, Map<String, Double> rates) {
        for (int i = 0; i < count; i++) {
            String accent = ACCENTS.get(random.nextInt(ACCENTS.size()));
            boolean wrong = random.nextDouble() < rates.getOrDefault(accent, HEALTHY);
            String id = "i" + sent++;
            monitor.send(CUSTOMER, labelled(id, now, Map.of("accent", accent), wrong ? "no" : "yes"));
            monitor.send(CUSTOMER, was(id, now.plusSeconds(1), "yes"));
            now = now.plusSeconds(5);
            if (i % 20 == 0) {
                monitor.pass(Duration.ofSeconds(1));
            }
        }
        monitor.publish();
    }

    private static Map<String, GenericRecord> alerts(MonitorHarness monitor) {
        Map<String, GenericRecord> last = new HashMap<>();
        monitor.read(Topics.alerts(CUSTOMER)).forEach(entry -> last.put(entry.getKey(), entry.getValue()));
        return last;
    }

    private static List<String> kinds(Map<String, GenericRecord> alerts) {
        return alerts.values().stream()
                .map(alert -> alert.get("kind") + " " + alert.get("slice_name"))
                .sorted()
                .collect(Collectors.toList());
    }

    @Test
    void oneBadAccentAmongFourRaisesOneDisparityAlertThatSaysAll() {
        try (MonitorHarness monitor = new MonitorHarness(policy(new BaselinePlan.None()))) {
            send(monitor, 2_000, Map.of("indian", 0.35));

            List<Map.Entry<String, GenericRecord>> records = monitor.read(Topics.alerts(CUSTOMER));
            assertThat(records.stream().map(Map.Entry::getKey).distinct()).hasSize(1);
            GenericRecord alert = records.get(records.size() - 1).getValue();
            assertThat(alert.get("alert_id")).hasToString(records.get(0).getKey());
            assertThat(alert.get("kind")).hasToString("DISPARITY");
            assertThat(alert.get("state")).hasToString("FIRING");
            assertThat(alert.get("customer")).hasToString(CUSTOMER);
            assertThat(alert.get("deployment")).hasToString(WARD);
            assertThat(alert.get("metric")).hasToString("error_rate");
            assertThat(alert.get("model_version")).hasToString("v1");
            assertThat(alert.get("slice_name")).hasToString("accent=indian");
            assertThat(alert.get("slice").toString()).contains("accent", "indian");
            assertThat((Double) alert.get("effect")).isBetween(0.15, 0.40);
            assertThat((Double) alert.get("effect_lower")).isLessThan((Double) alert.get("effect"));
            assertThat((Double) alert.get("effect_upper")).isGreaterThan((Double) alert.get("effect"));
            assertThat((Double) alert.get("slice_mean")).isBetween(0.25, 0.45);
            assertThat((Double) alert.get("rest_mean")).isBetween(0.04, 0.12);
            assertThat((Long) alert.get("labelled")).isBetween(30L, 600L);
            assertThat((Double) alert.get("coverage_now")).isEqualTo(1.0);
            assertThat((Long) alert.get("window_start")).isLessThan((Long) alert.get("window_end_exclusive"));
            assertThat((Long) alert.get("started_at")).isBetween(NOON.toEpochMilli(), now.toEpochMilli());
            assertThat(alert.get("ended_at")).isNull();
            assertThat(alert.get("baseline_version")).isNull();
            assertThat(alert.get("configuration_hash").toString()).hasSize(12);
            assertThat(alert.get("message").toString())
                    .contains(WARD, "accent", "indian")
                    .endsWith(".");
            for (Schema.Field field : alert.getSchema().getFields()) {
                if (!field.schema().isNullable()) {
                    assertThat(alert.get(field.name())).as(field.name()).isNotNull();
                }
            }
            DeploymentSnapshot snapshot = monitor.snapshot(CUSTOMER, WARD);
            assertThat(snapshot.alerts()).singleElement().satisfies(shown -> {
                assertThat(shown.alertId()).isEqualTo(records.get(0).getKey());
                assertThat(shown.kind()).isEqualTo(Verdict.DISPARITY);
                assertThat(shown.state()).isEqualTo(AlertState.FIRING);
            });
        }
    }

    @Test
    void equalAccentsRaiseNothing() {
        try (MonitorHarness monitor = new MonitorHarness(policy(new BaselinePlan.None()))) {
            send(monitor, 2_000, Map.of());

            assertThat(monitor.read(Topics.alerts(CUSTOMER))).isEmpty();
        }
    }

    @Test
    void afterALearnedBaselineOneAccentThatGetsThirtyPointsWorseIsADisparateDegradation() {
        try (MonitorHarness monitor = new MonitorHarness(policy(new BaselinePlan.FirstLabelled(2_000)))) {
            send(monitor, 1_900, Map.of());
            assertThat(monitor.snapshot(CUSTOMER, WARD).baselineVersion()).isNull();
            assertThat(monitor.snapshot(CUSTOMER, WARD).baselineProgress()).isEqualTo(1_900);
            send(monitor, 120, Map.of());
            String version = monitor.snapshot(CUSTOMER, WARD).baselineVersion();
            assertThat(version).startsWith("b");
            assertThat(monitor.snapshot(CUSTOMER, WARD).baselineProgress()).isNull();

            send(monitor, 2_000, Map.of("indian", HEALTHY + 0.30));

            Map<String, GenericRecord> alerts = alerts(monitor);
            assertThat(kinds(alerts)).contains("DISPARATE_DEGRADATION accent=indian");
            assertThat(kinds(alerts)).noneMatch(kind -> kind.startsWith("DISPARATE") && !kind.endsWith("indian"));
            GenericRecord alert = alerts.values().stream()
                    .filter(one -> one.get("kind").toString().equals("DISPARATE_DEGRADATION"))
                    .findFirst()
                    .orElseThrow();
            assertThat(alert.get("baseline_version")).hasToString(version);
            assertThat(alert.get("baseline_slice_name")).hasToString("accent=indian");
            assertThat((Double) alert.get("baseline_slice_mean")).isBetween(0.04, 0.12);
            assertThat((Double) alert.get("baseline_rest_mean")).isBetween(0.04, 0.12);
            assertThat((Double) alert.get("coverage_at_baseline")).isEqualTo(1.0);
            assertThat((Double) alert.get("effect")).isBetween(0.15, 0.45);
            assertThat(monitor.snapshot(CUSTOMER, WARD).slices())
                    .filteredOn(slice -> slice.slice().equals(Slice.of("accent", "indian")))
                    .singleElement()
                    .satisfies(slice -> {
                        assertThat(slice.baselineRatio()).isBetween(0.04, 0.12);
                        assertThat(slice.disparateEffect()).isPositive();
                        assertThat(slice.evidence()).isGreaterThanOrEqualTo(1);
                    });
        }
    }

    @Test
    void accentTheBaselineHasNeverSeenIsNewsAndAsksForLabels() {
        try (MonitorHarness monitor = new MonitorHarness(policy(new BaselinePlan.FirstLabelled(1_000)))) {
            send(monitor, 1_100, Map.of());
            for (int i = 0; i < 40; i++) {
                String id = "new" + i;
                monitor.send(CUSTOMER, labelled(id, now, Map.of("accent", "cornish"), "yes"));
                if (i < 20) {
                    monitor.send(CUSTOMER, was(id, now.plusSeconds(1), "yes"));
                }
                now = now.plusSeconds(5);
                monitor.pass(Duration.ofSeconds(1));
            }

            Map<String, GenericRecord> alerts = alerts(monitor);
            GenericRecord news = alerts.values().stream()
                    .filter(alert -> alert.get("kind").toString().equals("NEW_CONDITION"))
                    .findFirst()
                    .orElseThrow();
            assertThat(news.get("slice_name")).hasToString("accent=cornish");
            assertThat(news.get("message").toString())
                    .contains("accent=cornish is new", "labels needed: accent=cornish");
            GenericRecord novelty = (GenericRecord) news.get("novelty");
            assertThat((Double) novelty.get("traffic_share")).isBetween(0.01, 1.0);
            assertThat(kinds(alerts)).containsExactly("NEW_CONDITION accent=cornish");
        }
    }

    @Test
    void everybodyGettingWorseIsADegradationAndNoDisparateOne() {
        try (MonitorHarness monitor = new MonitorHarness(policy(new BaselinePlan.FirstLabelled(2_000)))) {
            send(monitor, 2_000, Map.of());
            Map<String, Double> worse =
                    ACCENTS.stream().collect(Collectors.toMap(accent -> accent, accent -> HEALTHY + 0.30));

            send(monitor, 1_500, worse);

            assertThat(kinds(alerts(monitor)))
                    .contains("DEGRADATION overall")
                    .noneMatch(kind -> kind.startsWith("DISPAR"));
        }
    }

    @Test
    void aBaselineOfATimeRangeIsLearnedFromItAloneAndFrozenOnceItSettled() {
        Instant end = NOON.plus(Duration.ofHours(2));
        BaselinePlan range = new BaselinePlan.Range(NOON.toEpochMilli(), end.toEpochMilli(), Duration.ofMinutes(30));
        try (MonitorHarness monitor = new MonitorHarness(policy(range))) {
            send(monitor, 1_440, Map.of()); // two hours
            assertThat(now).isEqualTo(end);
            send(monitor, 300, Map.of("indian", 1.0)); // settling: not a part of it
            assertThat(monitor.snapshot(CUSTOMER, WARD).baselineVersion()).isNull();
            send(monitor, 80, Map.of());

            assertThat(monitor.snapshot(CUSTOMER, WARD).baselineVersion()).startsWith("b");
            assertThat(monitor.snapshot(CUSTOMER, WARD).slices())
                    .filteredOn(slice -> slice.slice().equals(Slice.of("accent", "indian")))
                    .singleElement()
                    .satisfies(slice -> assertThat(slice.baselineRatio()).isLessThan(0.15));
        }
    }

    @Test
    void aGivenBaselineIsInForceFromTheFirstRecord() {
        Map<Slice, SliceBaseline> card = new HashMap<>();
        card.put(Slice.OVERALL, new SliceBaseline(40_000, 40_000, 3_200, 40_000, HEALTHY, HEALTHY * (1 - HEALTHY)));
        for (String accent : ACCENTS) {
            card.put(
                    Slice.of("accent", accent),
                    new SliceBaseline(10_000, 10_000, 800, 10_000, HEALTHY, HEALTHY * (1 - HEALTHY)));
        }
        Baseline given = new Baseline("card-7", Baseline.Source.FILE, 0, 1, 1, 1, card);
        try (MonitorHarness monitor = new MonitorHarness(policy(new BaselinePlan.Given(given)))) {
            send(monitor, 1_500, Map.of("indian", HEALTHY + 0.30));

            assertThat(monitor.snapshot(CUSTOMER, WARD).baselineVersion()).isEqualTo("card-7");
            assertThat(kinds(alerts(monitor))).contains("DISPARATE_DEGRADATION accent=indian");
        }
    }

    @Test
    void anAlertWithoutLabelsBecomesStaleAndIsSeenToBe() {
        try (MonitorHarness monitor = new MonitorHarness(policy(new BaselinePlan.None()))) {
            send(monitor, 2_000, Map.of("indian", 0.40));
            alerts(monitor);

            monitor.pass(Duration.ofDays(1).plusMinutes(1));
            monitor.pass(Duration.ofSeconds(1));

            assertThat(alerts(monitor).values()).singleElement().satisfies(alert -> assertThat(alert.get("state"))
                    .hasToString("STALE"));
            assertThat(monitor.snapshot(CUSTOMER, WARD).alerts())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.state()).isEqualTo(AlertState.STALE));
        }
    }
}
