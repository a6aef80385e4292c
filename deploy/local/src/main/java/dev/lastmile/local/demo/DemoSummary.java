package dev.lastmile.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was promised and what came, as lines for people. */
final class DemoSummary {

    private DemoSummary() {}

    /** Whether all promises held. */
    static boolean allHeld(List<SeenAlert> seen) {
        for (Expectation expectation : Expectation.ALL) {
            if (!expectation.held(seen)) {
                return false;
            }
        }
        return true;
    }

    static List<String> of(List<SeenAlert> seen) {
        List<String> lines = new ArrayList<>();
        lines.add(line("deployment", "expected", "held", "came"));
        for (Expectation expectation : Expectation.ALL) {
            lines.add(line(
                    expectation.deployment().toString(),
                    expectation.expected(),
                    expectation.held(seen) ? "yes" : "NO",
                    expectation.came(seen)));
        }
        return lines;
    }

    private static String line(String deployment, String expected, String held, String came) {
        return String.format(Locale.ROOT, "%-26s %-64s %-5s %s", deployment, expected, held, came);
    }
}
