package dev.lastmile.faults.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.process.Child;
import java.time.Duration;
import java.util.List;

/** How a monitor must end that cannot go on until somebody changes something: soon, with exit code 2, and one line that says why. */
final class Refusal {

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final int WRONG_CONFIGURATION = 2;

    private Refusal() {}

    /** Requires it; the line must be just that, and there but once. Beside it there may be a log. */
    static void require(Child monitor, String line) throws Exception {
        assertThat(monitor.ends(WITHIN))
                .as("it ends within %s: %s", WITHIN, monitor.said())
                .isTrue();
        assertThat(monitor.exitCode()).as("%s", monitor.said()).isEqualTo(WRONG_CONFIGURATION);
        assertThat(monitor.said().lines()).as("%s", monitor.said()).containsOnlyOnce(line);
    }

    /** The same of one that ended before anything was logged. */
    static void requireNothingBut(Child monitor, String line) throws Exception {
        require(monitor, line);
        List<String> said = monitor.said().lines().toList();
        assertThat(said).containsExactly(line);
    }
}
