package dev.lastmile.faults;

import dev.lastmile.faults.campaign.Campaigns;
import dev.lastmile.faults.campaign.Commit;
import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.report.OutcomeFile;
import dev.lastmile.faults.report.Program;
import dev.lastmile.faults.report.Report;
import dev.lastmile.faults.report.TestResults;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All campaigns, one run after the other, and a report. */
@Command(
        name = "report",
        description =
                "Runs all campaigns and writes report.md. A run that is there already is not repeated, so that it can be"
                        + " interrupted and called again.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--program", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Program program = Program.LONG;

    @Option(names = "--only", split = ",", description = "Campaigns to run: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Campaigns> only = new ArrayList<>(List.of(Campaigns.values()));

    @Option(names = "--out", description = "Where each run and the report go. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("deploy/faults/target/report");

    @Option(
            names = "--root",
            description = "The repository, whose tests' reports are read as far as there are any. Default: here.")
    private Path root = Path.of("");

    @Override
    public Integer call() throws Exception {
        if (spec == null) {
            throw new IllegalStateException("made by the command line only");
        }
        PrintWriter print = spec.commandLine().getOut();
        Files.createDirectories(out);
        for (Program.Run run : program.runs()) {
            Path file = out.resolve(run.name() + ".json");
            if (!only.contains(run.campaign()) || Files.exists(file)) {
                continue;
            }
            Path directory = Files.createTempDirectory("lastmile-faults-");
            print.println(run.name() + ", commit " + Commit.current());
            print.flush();
            Outcome outcome = run.campaign().of(run.strikes(), run.perSecond()).run(run.seed(), directory);
            OutcomeFile.write(file, outcome);
            outcome.lines().forEach(print::println);
            print.flush();
            if (outcome.standing() == Outcome.Standing.PASSED) {
                remove(directory);
            } else {
                print.println("data and logs in " + directory);
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Program.Run run : program.runs()) {
            Path file = out.resolve(run.name() + ".json");
            if (Files.exists(file)) {
                outcomes.add(OutcomeFile.read(file));
            }
        }
        Report report = new Report(outcomes, TestResults.in(root));
        Files.writeString(out.resolve("report.md"), report.markdown());
        print.println(report.lastLine());
        print.flush();
        return report.allPassed() ? 0 : 1;
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
