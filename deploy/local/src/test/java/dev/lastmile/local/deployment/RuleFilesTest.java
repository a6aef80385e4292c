package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lastmile.detection.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

class RuleFilesTest {

    private static final String RULES = "deploy/prometheus/rules";
    private static final Pattern STATE = Pattern.compile("\\bstate=\"([^\"]*)\"");

    private final List<JsonNode> rules = rules();

    @Test
    void everyExpressionNamesMetricsAndLabelsThatTheMonitorExports() {
        Set<String> recorded = names("record");
        ContractCheck check = ContractCheck.of(MetricContract.read()).andRecorded(recorded);

        assertThat(rules)
                .isNotEmpty()
                .allSatisfy(rule -> check.accepts(nameOf(rule), rule.get("expr").asText()));
    }

    @Test
    void everyAlertSaysHowUrgentItIsWhatHappenedAndWhatToDo() {
        assertThat(alerts()).hasSizeGreaterThan(8).allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).as(nameOf(alert)).isIn("critical", "warning", "info");
            for (String annotation : List.of("summary", "description", "runbook")) {
                assertThat(alert.at("/annotations/" + annotation).asText())
                        .as("%s of %s", annotation, nameOf(alert))
                        .isNotBlank();
            }
        });
    }

    @Test
    void everyVerdictOfDetectionHasOneAlert() {
        for (Verdict verdict : Verdict.values()) {
            assertThat(alerts())
                    .as("alerts on %s", verdict)
                    .filteredOn(alert -> alert.get("expr").asText().contains("kind=\"" + verdict.name() + "\""))
                    .hasSize(1);
        }
    }

    @Test
    void statesAreThoseOfKafkaStreams() {
        Set<String> known =
                Arrays.stream(KafkaStreams.State.values()).map(Enum::name).collect(Collectors.toSet());
        Set<String> named = new TreeSet<>();
        for (JsonNode rule : rules) {
            STATE.matcher(rule.get("expr").asText()).results().forEach(match -> named.add(match.group(1)));
        }
        assertThat(known).containsAll(named);
        assertThat(named).isNotEmpty();
    }

    @Test
    void everyAlertHasAUnitTest() {
        StringBuilder tests = new StringBuilder();
        for (Path file : RepositoryFiles.filesIn("deploy/prometheus/tests")) {
            tests.append(RepositoryFiles.text("deploy/prometheus/tests/" + file.getFileName()));
        }
        String text = tests.toString();
        assertThat(names("alert")).allSatisfy(alert -> assertThat(text).contains(alert));
    }

    @Test
    void alertmanagerNamesAlertsThatExist() {
        Set<String> alerts = names("alert");
        Pattern name = Pattern.compile("Lastmile[A-Za-z]+");
        Set<String> named = new TreeSet<>();
        name.matcher(RepositoryFiles.text("deploy/alertmanager/alertmanager.yml"))
                .results()
                .forEach(match -> named.add(match.group()));
        assertThat(named).isNotEmpty();
        assertThat(alerts).containsAll(named);
    }

    private List<JsonNode> alerts() {
        return rules.stream().filter(rule -> rule.has("alert")).toList();
    }

    private Set<String> names(String kind) {
        return rules.stream()
                .filter(rule -> rule.has(kind))
                .map(rule -> rule.get(kind).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String nameOf(JsonNode rule) {
        return rule.path("alert").asText(rule.path("record").asText());
    }

    private static List<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        for (Path file : RepositoryFiles.filesIn(RULES)) {
            RepositoryFiles.yaml(RULES + "/" + file.getFileName()).get("groups").forEach(group -> group.get("rules")
                    .forEach(rules::add));
        }
        return rules;
    }
}
