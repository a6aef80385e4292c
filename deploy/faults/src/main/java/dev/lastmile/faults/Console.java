package dev.lastmile.faults;

import dev.lastmile.faults.campaign.Commit;
import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.campaign.Tally;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What every command prints: first what is run, from which seed and of which commit; last how many runs passed. */
final class Console {

    private final PrintWriter print;

    private Console(PrintWriter print) {
        this.print = print;
    }

    /** That of a command. */
    static Console of(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("made by the command line only");
        }
        return new Console(spec.commandLine().getOut());
    }

    /** Says with what it can be run again. */
    void begin(String name, long seed) throws InterruptedException {
        tell(name + ", seed " + seed + ", commit " + Commit.current());
    }

    /** A line, at once: somebody may follow it. */
    void tell(String line) {
        print.println(line);
        print.flush();
    }

    /**
     * Says what came of all runs.
     *
     * @return the exit code: 0 where there were some and all passed, else 1
     */
    int end(List<Outcome> outcomes) {
        Tally tally = Tally.of(outcomes);
        tell(tally.line());
        return tally.allPassed() ? 0 : 1;
    }
}
