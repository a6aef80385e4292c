package dev.lastmile.faults.report;

import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.campaign.Tally;
import dev.lastmile.faults.fault.Strike;
import dev.lastmile.faults.scenario.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of many runs: a line for each scenario, each part, each fault and each run. */
public final class Report {

    private final List<Outcome> outcomes;
    private final int missing;
    private final TestResults tests;
    private final ScenarioTable scenarios;
    private final Tally tally;

    /**
     * Of these, and of what tests said.
     *
     * @param scenarios that are to be shown
     * @param outcomes of all runs that there were
     * @param missing so many runs are still to come
     */
    public Report(List<Scenario> scenarios, List<Outcome> outcomes, int missing, TestResults tests) throws IOException {
        this.outcomes = List.copyOf(outcomes);
        this.missing = missing;
        this.tests = tests;
        this.scenarios = new ScenarioTable(scenarios, outcomes, tests);
        this.tally = Tally.of(outcomes);
    }

    /** Whether all runs were run, none failed or was void, and every scenario was shown. */
    public boolean allPassed() {
        return tally.allPassed() && lacks().isEmpty();
    }

    /** Scenarios that are not shown, and runs that are still to come; and then, last, how many runs passed and failed. */
    public List<String> lastLines() {
        List<String> lines = lacks();
        lines.add(tally.line());
        return lines;
    }

    private List<String> lacks() {
        List<String> rows = new ArrayList<>();
        if (!scenarios.failed().isEmpty()) {
            rows.add("rows that failed: " + String.join(", ", scenarios.failed()));
        }
        if (!scenarios.notShown().isEmpty()) {
            rows.add("rows not run, or not all of them: " + String.join(", ", scenarios.notShown()));
        }
        if (missing > 0) {
            rows.add("runs still to come: " + missing);
        }
        List<String> lines = new ArrayList<>();
        if (!rows.isEmpty()) {
            lines.add(String.join("; ", rows));
        }
        return lines;
    }

    /** The whole. */
    public String markdown() throws IOException {
        StringBuilder text = new StringBuilder("# What held under faults\n\n");
        long records = outcomes.stream().mapToLong(Outcome::records).sum();
        long cells = outcomes.stream().mapToLong(Outcome::cells).sum();
        text.append(String.format(
                Locale.ROOT,
                "%s. %,d records and inputs judged, %,d cells of statistics compared.%n%n",
                tally.line(),
                records,
                cells));
        lacks().forEach(line -> text.append("**").append(line).append("**\n\n"));
        text.append(tests.age()).append('\n');
        text.append(scenarios.markdown());
        parts(text);
        faults(text);
        runs(text);
        return text.toString();
    }

    private void parts(StringBuilder text) {
        text.append("\n## Parts\n\n");
        text.append(
                "| part | runs | passed | failed | void | strikes | records or inputs |\n|---|---|---|---|---|---|---|\n");
        byName().forEach((name, its) -> {
            Tally part = Tally.of(its);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %d | %d | %,d |%n",
                    name,
                    its.size(),
                    part.passed(),
                    part.failed(),
                    part.voids(),
                    its.stream().mapToInt(outcome -> outcome.strikes().size()).sum(),
                    its.stream().mapToLong(Outcome::records).sum()));
        });
    }

    private void faults(StringBuilder text) {
        text.append("\n## Faults\n\n");
        text.append(
                "| fault | strikes | hit | ready again, median | 95 of 100 | longest |\n|---|---|---|---|---|---|\n");
        byFault()
                .forEach((fault, strikes) -> text.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %d | %s | %s | %s |%n",
                        fault,
                        strikes.size(),
                        strikes.stream().filter(Strike::hit).count(),
                        seconds(Outcome.recovery(strikes, 50)),
                        seconds(Outcome.recovery(strikes, 95)),
                        seconds(Outcome.recovery(strikes, 100)))));
    }

    private void runs(StringBuilder text) {
        text.append("\n## Runs\n\n");
        text.append("| run | seed | commit | strikes | records | cells | outcome |\n|---|---|---|---|---|---|---|\n");
        for (Outcome outcome : outcomes) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %s | %d | %,d | %,d | %s |%n",
                    outcome.name(),
                    outcome.seed(),
                    outcome.commit(),
                    outcome.strikes().size(),
                    outcome.records(),
                    outcome.cells(),
                    outcome.standing()));
        }
        for (Outcome outcome : outcomes) {
            for (String line : outcome.broken()) {
                text.append(String.format(Locale.ROOT, "%n%s, seed %d: `%s`%n", outcome.name(), outcome.seed(), line));
            }
        }
        text.append(
                "\nWhat was measured besides, and what struck when, in seconds after customers had begun to send:\n\n");
        for (Outcome outcome : outcomes) {
            List<String> told = new ArrayList<>(outcome.notes());
            outcome.strikes().forEach(strike -> told.add(told(strike)));
            if (!told.isEmpty()) {
                text.append("* ").append(outcome.name()).append(", seed ").append(outcome.seed());
                text.append(": ").append(String.join("; ", told)).append('\n');
            }
        }
    }

    private static String told(Strike strike) {
        return String.format(Locale.ROOT, "%.3f %s", strike.after().toMillis() / 1_000.0, strike.fault());
    }

    private Map<String, List<Outcome>> byName() {
        return outcomes.stream().collect(Collectors.groupingBy(Outcome::name, LinkedHashMap::new, Collectors.toList()));
    }

    private Map<String, List<Strike>> byFault() {
        return outcomes.stream()
                .flatMap(outcome -> outcome.strikes().stream())
                .collect(Collectors.groupingBy(Strike::fault, LinkedHashMap::new, Collectors.toList()));
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
