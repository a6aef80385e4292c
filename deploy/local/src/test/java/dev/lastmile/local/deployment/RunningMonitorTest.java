package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A running monitor with alerts: its page in a real browser, and every query that people see put to a real Prometheus. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunningMonitorTest {

    /** Long enough for the demonstration's first alert. */
    private static final Duration ALERT_TIMEOUT = Duration.ofSeconds(150);

    /** Long enough for two scrapes and two evaluations of what is derived from them. */
    private static final Duration DATA_TIMEOUT = Duration.ofSeconds(60);

    /** Present only while there is something to tell: letters sent, a baseline being learned. */
    private static final Set<String> MAY_BE_ABSENT =
            Set.of("lastmile_dead_letters_total", "lastmile_commands_refused_total", "lastmile_baseline_labelled");

    private final Dashboard dashboard = new Dashboard();
    private final MetricContract contract = MetricContract.read();
    private @Nullable Path data;
    private @Nullable WatchedMonitor monitor;
    private @Nullable Prometheus prometheus;

    @BeforeAll
    void keep(@TempDir Path folder) {
        data = folder;
    }

    private Path data() {
        if (data == null) {
            throw new IllegalStateException("not started");
        }
        return data;
    }

    /** Started by the first test that needs it, for all of them. */
    private WatchedMonitor monitor() throws IOException {
        if (monitor == null) {
            monitor = WatchedMonitor.start(data().resolve("demo.log"));
        }
        return monitor;
    }

    /** Likewise; where it is not installed each test is skipped and shown as such. */
    private void scrape() throws IOException {
        if (prometheus == null) {
            Tool program = Tool.orSkip("prometheus", "prometheus");
            prometheus = Prometheus.scraping(program, monitor().address(), data());
        }
    }

    @AfterAll
    void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (monitor != null) {
            monitor.close();
        }
    }

    @Test
    void thePageShowsTheDeploymentsTheAlertAndTheSlicesWithTheirIntervals() throws Exception {
        Browser browser = Browser.orSkip(data().resolve("browser"));
        await().atMost(ALERT_TIMEOUT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> monitor().alerts().contains("\"DISPARATE_DEGRADATION\""));

        String markup = browser.open(monitor().page().resolve("#/st-marys/ward-7"));

        String text = Browser.text(markup);
        assertThat(text)
                .contains("ward-7", "call-routing", "dictation")
                .contains("firing disparate degradation")
                .doesNotContain("not reachable")
                .doesNotContainPattern("\\b(undefined|NaN|null)\\b");
        assertThat(markup.replace('\u00a0', ' ').replace("&nbsp;", " "))
                .containsPattern("aria-label=\"noise=imaging: [0-9.]+ %, 95 % interval [0-9.]+ % to [0-9.]+ %");
        assertThat(markup).contains("<line class=\"interval");
    }

    @Test
    void everyQueryOfTheDashboardGivesData() throws IOException {
        scrape();
        Map<String, String> chosen = chooseDeploymentThatIsHurt();

        for (Dashboard.Variable variable : dashboard.variables()) {
            assertThat(started()
                            .labelValues(variable.label(), variable.selector().withVariables(chosen)))
                    .as("values of %s", variable.name())
                    .extracting(JsonNode::asText)
                    .contains(chosen.get(variable.name()));
        }
        await().atMost(DATA_TIMEOUT)
                .pollInterval(Duration.ofSeconds(Prometheus.SCRAPE_SECONDS))
                .untilAsserted(() -> assertThat(withoutData(chosen)).isEmpty());
    }

    @Test
    void theMonitorExportsWhatTheContractSaysAndNothingElse() throws IOException {
        scrape();
        chooseDeploymentThatIsHurt();
        Set<String> required = new TreeSet<>(contract.names());
        required.removeAll(MAY_BE_ABSENT);

        Set<String> seen = new TreeSet<>();
        started().labelValues("__name__", "{job=\"lastmile\"}").forEach(name -> seen.add(name.asText()));
        assertThat(seen).containsAll(required);

        for (JsonNode series : started().series("{job=\"lastmile\", __name__=~\"lastmile_[^:]+\"}")) {
            String name = series.get("__name__").asText();
            Set<String> labels = new TreeSet<>();
            series.fieldNames().forEachRemaining(labels::add);
            labels.remove("__name__");
            labels.removeAll(MetricContract.ADDED_BY_SCRAPE);
            assertThat(contract.names()).contains(name);
            assertThat(labels)
                    .as("labels of %s", name)
                    .isEqualTo(new TreeSet<>(contract.labelsByMetric().get(name)));
        }
    }

    @Test
    void everyRuleEvaluatesAndTheDisparateDegradationPages() throws IOException {
        scrape();
        chooseDeploymentThatIsHurt();

        await().atMost(DATA_TIMEOUT).untilAsserted(() -> {
            for (JsonNode group : started().ruleGroups()) {
                for (JsonNode rule : group.get("rules")) {
                    assertThat(rule.get("health").asText()).as("%s", rule).isEqualTo("ok");
                }
            }
            assertThat(started().query("ALERTS{alertname=\"LastmileDisparateDegradation\", alertstate=\"firing\"}"))
                    .isNotEmpty();
        });
    }

    /** What a person would choose at the top of the dashboard: whoever has a disparate degradation, and a slice of it. */
    private Map<String, String> chooseDeploymentThatIsHurt() {
        Map<String, String> chosen = new HashMap<>();
        await().atMost(ALERT_TIMEOUT).pollInterval(Duration.ofSeconds(1)).until(() -> {
            String alert = "lastmile_alert_active{kind=\"DISPARATE_DEGRADATION\"}";
            String known = "lastmile_slice_disparate_effect_ratio and lastmile_slice_baseline_error_ratio"
                    + " and lastmile_slice_recent_error_ratio";
            JsonNode slices =
                    started().query(known + " and on (customer, deployment, model_version) (" + alert + " == 1)");
            slices.forEach(slice -> {
                for (String name : List.of("customer", "deployment", "model_version", "slice")) {
                    chosen.put(name, slice.at("/metric/" + name).asText());
                }
            });
            return !chosen.isEmpty();
        });
        chosen.put("__range", "2m");
        chosen.put("__rate_interval", 4 * Prometheus.SCRAPE_SECONDS + "s");
        return chosen;
    }

    private List<String> withoutData(Map<String, String> variables) {
        List<String> missing = new ArrayList<>();
        for (Dashboard.Query query : dashboard.queries()) {
            String expression = query.withVariables(variables);
            JsonNode series =
                    query.instant() ? started().query(expression) : started().queryRange(expression);
            if (!hasNumber(series)) {
                missing.add(query.where() + ": " + expression);
            }
        }
        return missing;
    }

    private static boolean hasNumber(JsonNode series) {
        for (JsonNode one : series) {
            if (one.has("value") && isNumber(one.get("value"))) {
                return true;
            }
            for (JsonNode sample : one.path("values")) {
                if (isNumber(sample)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isNumber(JsonNode sample) {
        return Double.isFinite(Double.parseDouble(sample.get(1).asText().replace("Inf", "Infinity")));
    }

    private Prometheus started() {
        if (prometheus == null) {
            throw new IllegalStateException("not started");
        }
        return prometheus;
    }
}
