package dev.lastmile.benchmarks.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lastmile.benchmarks.Requirement;
import dev.lastmile.local.simulation.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures beside what they are held to, each of which was measured. */
public final class HeldTo {

    private HeldTo() {}

    /** As a table. */
    public static Table table(String title, List<Requirement> requirements) {
        List<List<String>> rows = new ArrayList<>();
        for (Requirement requirement : requirements) {
            String bound = requirement.atLeast() ? "≥ " : "≤ ";
            rows.add(List.of(
                    requirement.what(),
                    String.format(Locale.ROOT, "%,.2f", requirement.measured().orElseThrow()),
                    bound + Spread.bound(requirement.must()),
                    bound + Spread.bound(requirement.aim()),
                    requirement.standing()));
        }
        return new Table(title, List.of("what", "measured", "must", "aim", "standing"), rows);
    }

    /** As JSON. */
    public static void write(List<Requirement> requirements, ArrayNode figures) {
        for (Requirement requirement : requirements) {
            figures.addObject()
                    .put("what", requirement.what())
                    .put("measured", requirement.measured().orElseThrow())
                    .put("must", requirement.must())
                    .put("aim", requirement.aim())
                    .put("atLeast", requirement.atLeast())
                    .put("standing", requirement.standing());
        }
    }
}
