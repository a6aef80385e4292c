package dev.lastmile.faults.report;

import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.campaign.Outcome.Standing;
import dev.lastmile.faults.fault.Strike;
import dev.lastmile.faults.scenario.Evidence;
import dev.lastmile.faults.scenario.Scenario;
import dev.lastmile.faults.scenario.Scenario.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A line for each scenario: what must happen, what shows it, and what that showed. What was not run shows nothing. */
public final class ScenarioTable {

    private final List<Outcome> outcomes;
    private final TestResults tests;
    private final List<Row> rows = new ArrayList<>();

    /** Where a piece of evidence stands. */
    private enum Shown {
        PASSED,
        FAILED,
        VOID,
        NOT_RUN
    }

    /**
     * A piece of evidence as it was found.
     *
     * @param strikes of the fault, if it is one
     * @param runs of campaigns in which it struck
     * @param ran tests
     */
    private record Piece(Evidence evidence, Shown shown, List<Strike> strikes, List<Outcome> runs, int ran) {}

    /** A scenario with all that is to show it. */
    private record Row(Scenario scenario, List<Piece> pieces) {

        boolean failed() {
            return !of(Shown.FAILED, pieces).isEmpty();
        }

        boolean passed() {
            return of(Shown.PASSED, pieces).size() == pieces.size();
        }
    }

    /** Of these scenarios, by these runs of campaigns, and by these tests. */
    public ScenarioTable(List<Scenario> scenarios, List<Outcome> outcomes, TestResults tests) throws IOException {
        this.outcomes = List.copyOf(outcomes);
        this.tests = tests;
        for (Scenario scenario : scenarios) {
            List<Piece> pieces = new ArrayList<>();
            for (Evidence evidence : scenario.shownBy()) {
                pieces.add(piece(evidence));
            }
            rows.add(new Row(scenario, pieces));
        }
    }

    /** Names of scenarios of which something failed. */
    public List<String> failed() {
        return rows.stream()
                .filter(Row::failed)
                .map(row -> row.scenario().name())
                .toList();
    }

    /** Names of those of which nothing failed, but something was not run, or only in vain. */
    public List<String> notShown() {
        return rows.stream()
                .filter(row -> !row.failed() && !row.passed())
                .map(row -> row.scenario().name())
                .toList();
    }

    /** Markdown, a table for each kind of scenario. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        for (Table table : Table.values()) {
            text.append("\n## ").append(table.title()).append("\n\n");
            text.append(
                    "| row | goes wrong | required | shown by | runs | outcome | ready again: median, 95 of 100, longest |\n");
            text.append("|---|---|---|---|---|---|---|\n");
            for (Row row : rows) {
                if (row.scenario().table() == table) {
                    text.append(line(row));
                }
            }
        }
        return text.toString();
    }

    private static String line(Row row) {
        Scenario scenario = row.scenario();
        List<Piece> pieces = row.pieces();
        String shownBy = pieces.stream()
                .map(piece -> "`" + piece.evidence().name() + "`")
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %s | %s | %s | %s | %s |%n",
                scenario.name(),
                scenario.what(),
                scenario.required(),
                shownBy,
                runs(pieces),
                outcome(row),
                recovery(pieces));
    }

    private Piece piece(Evidence evidence) throws IOException {
        if (evidence instanceof Evidence.OfFault fault) {
            return struck(fault);
        } else if (evidence instanceof Evidence.OfTest test) {
            return tested(evidence, tests.of(test.type(), test.method()));
        }
        throw new IllegalArgumentException("no such evidence: " + evidence);
    }

    private Piece struck(Evidence.OfFault fault) {
        List<Strike> strikes = new ArrayList<>();
        List<Outcome> runs = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            List<Strike> its = outcome.strikes().stream()
                    .filter(strike -> strike.fault().equals(fault.name()))
                    .toList();
            if (!its.isEmpty()) {
                strikes.addAll(its);
                runs.add(outcome);
            }
        }
        List<Standing> standings = runs.stream().map(Outcome::standing).toList();
        Shown shown = Shown.NOT_RUN;
        if (standings.contains(Standing.FAILED)) {
            shown = Shown.FAILED;
        } else if (standings.contains(Standing.PASSED)) {
            // A void run beside one that passed takes nothing away from it.
            shown = Shown.PASSED;
        } else if (!standings.isEmpty()) {
            shown = Shown.VOID;
        }
        return new Piece(fault, shown, strikes, runs, 0);
    }

    private static Piece tested(Evidence evidence, TestResults.Result result) {
        Shown shown = Shown.NOT_RUN;
        if (result.failed() > 0) {
            shown = Shown.FAILED;
        } else if (result.passed() > 0) {
            shown = Shown.PASSED;
        }
        return new Piece(evidence, shown, List.of(), List.of(), result.passed() + result.failed());
    }

    private static String runs(List<Piece> pieces) {
        int ran = pieces.stream().mapToInt(Piece::ran).sum();
        // Two faults of one campaign strike in the same run.
        Set<Outcome> runs = Collections.newSetFromMap(new IdentityHashMap<>());
        pieces.forEach(piece -> runs.addAll(piece.runs()));
        int strikes = pieces.stream().mapToInt(piece -> piece.strikes().size()).sum();
        List<String> parts = new ArrayList<>();
        if (!runs.isEmpty()) {
            parts.add(strikes + " strikes in " + runs.size() + " runs");
        }
        if (ran > 0) {
            parts.add(ran + " tests");
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    private static String outcome(Row row) {
        List<Piece> pieces = row.pieces();
        List<Piece> passed = of(Shown.PASSED, pieces);
        if (row.failed()) {
            return "**failed**: " + names(of(Shown.FAILED, pieces));
        }
        if (row.passed()) {
            return "passed";
        }
        List<String> parts = new ArrayList<>();
        if (!passed.isEmpty()) {
            parts.add(passed.size() + " of " + pieces.size() + " passed");
        }
        for (Shown shown : List.of(Shown.VOID, Shown.NOT_RUN)) {
            List<Piece> those = of(shown, pieces);
            if (!those.isEmpty()) {
                String what = shown == Shown.VOID ? "void" : "not run";
                parts.add(those.size() == pieces.size() ? what : what + ": " + names(those));
            }
        }
        return String.join("; ", parts);
    }

    private static List<Piece> of(Shown shown, List<Piece> pieces) {
        return pieces.stream().filter(piece -> piece.shown() == shown).toList();
    }

    private static String names(List<Piece> pieces) {
        return pieces.stream().map(piece -> piece.evidence().name()).collect(Collectors.joining(", "));
    }

    private static String recovery(List<Piece> pieces) {
        List<Strike> strikes =
                pieces.stream().flatMap(piece -> piece.strikes().stream()).toList();
        return strikes.isEmpty()
                ? ""
                : Report.seconds(Outcome.recovery(strikes, 50)) + ", "
                        + Report.seconds(Outcome.recovery(strikes, 95)) + ", "
                        + Report.seconds(Outcome.recovery(strikes, 100));
    }
}
