package dev.lastmile.faults.report;

import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.campaign.Outcome.Standing;
import dev.lastmile.faults.fault.Strike;
import dev.lastmile.faults.scenario.Scenarios;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of many runs: a line for each scenario, each fault and each run. */
public final class Report {

    private final List<Outcome> outcomes;
    private final TestResults tests;

    /** Of these, and of what tests said. */
    public Report(List<Outcome> outcomes, TestResults tests) {
        this.outcomes = List.copyOf(outcomes);
        this.tests = tests;
    }

    private long count(Standing standing) {
        return outcomes.stream()
                .filter(outcome -> outcome.standing() == standing)
                .count();
    }

    /** Whether no run failed or was void, and there was one. */
    public boolean allPassed() {
        return !outcomes.isEmpty() && count(Standing.PASSED) == outcomes.size();
    }

    /** How many passed and failed. */
    public String lastLine() {
        String line = count(Standing.PASSED) + " passed, " + count(Standing.FAILED) + " failed";
        return count(Standing.VOID) == 0 ? line : line + ", " + count(Standing.VOID) + " void";
    }

    /** The whole. */
    public String markdown() throws IOException {
        StringBuilder text = new StringBuilder("# What held under faults\n\n");
        long records = outcomes.stream().mapToLong(Outcome::records).sum();
        long cells = outcomes.stream().mapToLong(Outcome::cells).sum();
        text.append(String.format(
                Locale.ROOT,
                "%s. %,d records judged, %,d cells of statistics compared.%n%n",
                lastLine(),
                records,
                cells));
        text.append(new ScenarioTable(outcomes, tests).markdown(Scenarios.all()));
        text.append("\n## Campaigns\n\n");
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
        text.append("\n| run | seed | commit | strikes | records | cells | outcome |\n|---|---|---|---|---|---|---|\n");
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
        text.append("\nWhat struck when, in seconds after customers had begun to send:\n\n");
        for (Outcome outcome : outcomes) {
            text.append("* ").append(outcome.name()).append(", seed ").append(outcome.seed());
            text.append(": ").append(schedule(outcome)).append('\n');
        }
        return text.toString();
    }

    private static String schedule(Outcome outcome) {
        return outcome.strikes().stream()
                .map(strike ->
                        String.format(Locale.ROOT, "%.3f %s", strike.after().toMillis() / 1_000.0, strike.fault()))
                .collect(Collectors.joining("; "));
    }

    private Map<String, List<Strike>> byFault() {
        Map<String, List<Strike>> byFault = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            for (Strike strike : outcome.strikes()) {
                byFault.computeIfAbsent(strike.fault(), any -> new ArrayList<>())
                        .add(strike);
            }
        }
        return byFault;
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
