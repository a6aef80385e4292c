package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Alertmanager makes of alerts. */
class AlertmanagerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Test
    void oneSliceMakesOnePageAndItIsTheMostTellingOne(@TempDir Path folder) throws IOException {
        Tool program = Tool.orSkip("prometheus-alertmanager", "prometheus-alertmanager");
        try (Recorder pager = Recorder.start();
                Alertmanager alertmanager =
                        Alertmanager.start(program, folder, Server.freeAddress(), pager.address())) {
            alertmanager.send(alerts());

            await().atMost(TIMEOUT).untilAsserted(() -> {
                assertThat(pager.accepted()).hasSizeGreaterThanOrEqualTo(2);
                assertThat(states(alertmanager.alerts()))
                        .containsEntry("LastmileDisparateDegradation accent=scottish", "active")
                        .containsEntry("LastmileDegradation accent=scottish", "suppressed")
                        .containsEntry("LastmileDisparity accent=scottish", "suppressed")
                        .containsEntry("LastmileDegradation noise=imaging", "active");
            });
            List<JsonNode> pages =
                    pager.accepted().stream().map(Recorder.Accepted::body).toList();
            assertThat(pages).allSatisfy(page -> assertThat(page.at("/groupLabels"))
                    .isEqualTo(
                            JSON.createObjectNode().put("customer", "st-marys").put("deployment", "ward-7")));
            assertThat(pages)
                    .flatExtracting(page -> page.findValuesAsText("alertname"))
                    .contains("LastmileDisparateDegradation")
                    .doesNotContain("LastmileDisparity");
        }
    }

    private static JsonNode alerts() {
        return JSON.createArrayNode()
                .add(alert("LastmileDisparateDegradation", "critical", "accent=scottish"))
                .add(alert("LastmileDegradation", "warning", "accent=scottish"))
                .add(alert("LastmileDisparity", "warning", "accent=scottish"))
                .add(alert("LastmileDegradation", "warning", "noise=imaging"));
    }

    private static JsonNode alert(String name, String severity, String slice) {
        return JSON.createObjectNode()
                .set(
                        "labels",
                        JSON.createObjectNode()
                                .put("alertname", name)
                                .put("severity", severity)
                                .put("customer", "st-marys")
                                .put("deployment", "ward-7")
                                .put("model_version", "asr-3")
                                .put("slice", slice));
    }

    private static Map<String, String> states(JsonNode alerts) {
        Map<String, String> states = new HashMap<>();
        for (JsonNode alert : alerts) {
            states.put(
                    alert.at("/labels/alertname").asText() + " "
                            + alert.at("/labels/slice").asText(),
                    alert.at("/status/state").asText());
        }
        return states;
    }
}
