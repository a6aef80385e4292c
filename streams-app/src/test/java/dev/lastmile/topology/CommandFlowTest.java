package dev.lastmile.topology;

import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.WARD;
import static dev.lastmile.topology.Fixtures.labelled;
import static dev.lastmile.topology.Fixtures.was;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.schema.Topics;
import dev.lastmile.score.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From what an operator says to what a deployment is compared with, through the real topology. */
class CommandFlowTest {

    private static final String KEY = CUSTOMER + "/" + WARD;
    private static final String CARD = """
            {"command": "import", "by": "anna", "card": {"version": "spring-2026", "slices": [
              {"slice": {}, "labelled": 20000, "mean": 0.05},
              {"slice": {"accent": "scottish"}, "labelled": 2000, "mean": 0.05}]}}
            """;

    private Instant now = NOON;
    private int sent;

    private static MonitorHarness monitor(BaselinePlan plan) {
        return new MonitorHarness(Fixtures.policy(Metric.ERROR_RATE, plan));
    }

    /** Labelled inferences, five seconds apart; every second is scottish, and of those every third is wrong if so wished. */
    private void send(MonitorHarness monitor, int count, boolean bad) {
        for (int i = 0; i < count; i++) {
            String accent = i % 2 == 0 ? "scottish" : "welsh";
            String id = "i" + sent++;
            monitor.send(CUSTOMER, labelled(id, now, Map.of("accent", accent), bad && i % 6 == 0 ? "no" : "yes"));
            monitor.send(CUSTOMER, was(id, now.plusSeconds(1), "yes"));
            now = now.plusSeconds(5);
            if (i % 20 == 0) {
                monitor.pass(Duration.ofSeconds(1));
            }
        }
        monitor.publish();
    }

    private void say(MonitorHarness monitor, String key, String json) {
        monitor.command(key, json, now);
        monitor.publish();
    }

    private static BaselineStanding standing(MonitorHarness monitor) {
        return monitor.snapshot(CUSTOMER, WARD).baseline();
    }

    @Test
    void anImportedCardIsWhatAlertsNameFromThenOn() {
        try (MonitorHarness monitor = monitor(new BaselinePlan.None())) {
            send(monitor, 200, false);

            say(monitor, KEY, CARD);
            send(monitor, 1_500, true);

            assertThat(standing(monitor).version()).isEqualTo("spring-2026");
            assertThat(standing(monitor).trail()).singleElement().satisfies(entry -> {
                assertThat(entry.setBy()).isEqualTo("command by anna");
                assertThat(entry.labelled()).isEqualTo(20_000);
            });
            assertThat(monitor.read(Topics.alerts(CUSTOMER)))
                    .anySatisfy(alert ->
                            assertThat(alert.getValue().get("baseline_version")).hasToString("spring-2026"));
        }
    }

    @Test
    void learningAnewOnCommandEndsWhenItsOwnNumberOfLabelsCame() {
        try (MonitorHarness monitor = monitor(new BaselinePlan.FirstLabelled(300))) {
            send(monitor, 320, false);
            String first = standing(monitor).version();

            say(monitor, KEY, "{\"command\": \"relearn\", \"by\": \"anna\", \"labelled\": 100}");
            send(monitor, 60, false);
            assertThat(standing(monitor).version()).isEqualTo(first);
            send(monitor, 60, false);

            DeploymentSnapshot snapshot = monitor.snapshot(CUSTOMER, WARD);
            assertThat(snapshot.baselineVersion()).isNotEqualTo(first);
            assertThat(snapshot.slices().get(0).labelled()).isEqualTo(440);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            MALFORMED  | not json
            MALFORMED  | []
            MALFORMED  | {"command": "dance", "by": "anna"}
            MALFORMED  | {"command": "relearn"}
            MALFORMED  | {"command": "relearn", "by": ""}
            MALFORMED  | {"command": "relearn", "by": "anna", "by": "bert"}
            MALFORMED  | {"command": "relearn", "by": "anna", "labelled": 0}
            MALFORMED  | {"command": "relearn", "by": "anna", "labelled": 1e400}
            MALFORMED  | {"command": "relearn", "by": "anna", "labelled": 5, "from": "2026-01-01T00:00:00Z"}
            MALFORMED  | {"command": "relearn", "by": "anna", "from": "2026-01-01T00:00:00Z"}
            MALFORMED  | {"command": "relearn", "by": "anna", "from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z", "settle": "P999999999999D"}
            MALFORMED  | {"command": "relearn", "by": "anna", "from": "+999999999-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z"}
            MALFORMED  | {"command": "import", "by": "anna"} {"command": "import", "by": "anna"}
            WRONG_CARD | {"command": "import", "by": "anna"}
            WRONG_CARD | {"command": "import", "by": "anna", "card": {"slices": [{"slice": {"age": "7"}, "labelled": 9, "mean": 0}]}}
            WRONG_CARD | {"command": "import", "by": "anna", "card": {"slices": [{"slice": {}, "labelled": 9, "mean": null}]}}
            NO_PLAN    | {"command": "relearn", "by": "anna"}
            """)
    void aWrongCommandIsCountedAndNothingElseHappens(String reason, String json) {
        try (MonitorHarness monitor = monitor(new BaselinePlan.None())) {
            send(monitor, 20, false);

            say(monitor, KEY, json);
            send(monitor, 20, false);

            assertThat(standing(monitor).refusedCommands()).isEqualTo(Map.of(reason, 1L));
            assertThat(standing(monitor).version()).isNull();
            assertThat(monitor.snapshot(CUSTOMER, WARD).slices().get(0).labelled())
                    .isEqualTo(40);
        }
    }

    @Test
    void aCommandThatIsTooLargeIsNotSentOn() {
        try (MonitorHarness monitor = monitor(new BaselinePlan.None())) {
            say(monitor, KEY, " ".repeat(600 << 10) + CARD);

            assertThat(standing(monitor).refusedCommands()).isEqualTo(Map.of("TOO_LARGE", 1L));
        }
    }

    @Test
    void aCommandWithoutDeploymentIsDroppedAndOneWithoutPolicyRefused() {
        try (MonitorHarness monitor = monitor(new BaselinePlan.None())) {
            say(monitor, "no slash", CARD);
            say(monitor, CUSTOMER + "/elsewhere", CARD);

            assertThat(monitor.snapshot(CUSTOMER, "elsewhere").baseline().refusedCommands())
                    .isEqualTo(Map.of("NOT_WATCHED", 1L));
            assertThat(monitor.commandsUnaddressed()).isEqualTo(1);
        }
    }
}
