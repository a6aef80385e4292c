package dev.lastmile.faults;

import dev.lastmile.faults.campaign.Commit;
import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.program.Part;
import dev.lastmile.faults.program.Program;
import dev.lastmile.faults.report.OutcomeFile;
import dev.lastmile.faults.report.Report;
import dev.lastmile.faults.report.TestResults;
import dev.lastmile.faults.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything that there is to run, one run after the other, and a report. */
@Command(
        name = "report",
        description =
                "Runs a whole program and writes report.md. A run whose outcome is there already is not repeated, so that it"
                        + " can be interrupted and called again; to repeat one, delete its file.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    private static final String DATA = "*.csv";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--program", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Program program = Program.LONG;

    @Option(names = "--only", split = ",", description = "Parts to run: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Part> only = new ArrayList<>(List.of(Part.values()));

    @Option(
            names = "--out",
            description = "Where the outcome of each run and the report are kept. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("deploy/faults/report");

    @Option(names = "--root", description = "The repository, whose corpus and tests' reports are read. Default: here.")
    private Path root = Path.of("");

    @Override
    public Integer call() throws Exception {
        Console console = Console.of(spec);
        List<Program.Run> toCome = program.runs().stream()
                .filter(run -> only.contains(run.part()) && !Files.exists(fileOf(run)))
                .toList();
        console.tell(program + ", " + toCome.size() + " runs to come, commit " + Commit.current());
        requireHeap(toCome);
        Files.createDirectories(out);
        for (Program.Run run : toCome) {
            run(run, console);
        }
        Report report = report();
        Files.writeString(out.resolve("report.md"), report.markdown());
        report.lastLines().forEach(console::tell);
        return report.allPassed() ? 0 : 1;
    }

    /** What would fail for want of memory after an hour does not begin. */
    private void requireHeap(List<Program.Run> toCome) {
        for (Program.Run run : toCome) {
            long heap = run.part().leastHeapBytes();
            // Some collectors count an eighth of what they were given as their own.
            if (Runtime.getRuntime().maxMemory() < heap - heap / 8 && spec != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        run.part() + " compares on the heap all that was sent: needs java -Xmx" + (heap >> 30)
                                + "g, or leave it out with --only");
            }
        }
    }

    private Path fileOf(Program.Run run) {
        return out.resolve(run.name() + ".json");
    }

    private void run(Program.Run run, Console console) throws IOException, InterruptedException {
        console.begin(run.name(), run.seed());
        Path directory = Files.createTempDirectory("lastmile-faults-");
        Path corpus = root.resolve("deploy/faults/src/test/resources/corpus");
        Outcome outcome = run.run(corpus, directory, console::tell);
        outcome.ending().forEach(console::tell);
        try (DirectoryStream<Path> data = Files.newDirectoryStream(directory, DATA)) {
            for (Path file : data) {
                Files.copy(
                        file, out.resolve(run.name() + "-" + file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        OutcomeFile.write(fileOf(run), outcome);
        if (outcome.standing() == Outcome.Standing.PASSED) {
            remove(directory);
        } else {
            console.tell("data and logs in " + directory);
        }
    }

    private Report report() throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        int missing = 0;
        for (Program.Run run : program.runs()) {
            if (Files.exists(fileOf(run))) {
                outcomes.add(OutcomeFile.read(fileOf(run)));
            } else {
                missing++;
            }
        }
        return new Report(Scenarios.all(), outcomes, missing, TestResults.in(root, Commit.changed(root)));
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
