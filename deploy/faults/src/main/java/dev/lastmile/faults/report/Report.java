package dev.lastmile.faults.report;

import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.campaign.Outcome.Standing;
import dev.lastmile.faults.fault.Strike;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of many runs, a line for each fault. */
public final class Report {

    private final List<Outcome> outcomes;

    /** Of these. */
    public Report(List<Outcome> outcomes) {
        this.outcomes = List.copyOf(outcomes);
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
    public String markdown() {
        StringBuilder text = new StringBuilder("# What held under faults\n\n");
        long records = outcomes.stream().mapToLong(Outcome::records).sum();
        long cells = outcomes.stream().mapToLong(Outcome::cells).sum();
        text.append(String.format(
                Locale.ROOT,
                "%s. %,d records judged, %,d cells of statistics compared.%n%n",
                lastLine(),
                records,
                cells));
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
        text.append("\n| run | seed | strikes | records | cells | outcome |\n|---|---|---|---|---|---|\n");
        for (Outcome outcome : outcomes) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %,d | %,d | %s |%n",
                    outcome.name(),
                    outcome.seed(),
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
        return text.toString();
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

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
