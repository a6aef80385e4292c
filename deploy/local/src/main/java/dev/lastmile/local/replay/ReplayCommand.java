package dev.lastmile.local.replay;

import dev.lastmile.app.PolicyParser;
import dev.lastmile.local.CannotRun;
import dev.lastmile.local.ProgressLine;
import dev.lastmile.schema.TrustedRecords;
import dev.lastmile.topology.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay}: files in, report out. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the monitor's own topology over files, at full speed.",
            "Times are ISO-8601 in UTC; a record's own time stands for the time the broker would have appended it."
        },
        footer = {
            "",
            "The inferences file has the columns customer, deployment, model_version, inference_id, occurred_at, output,"
                    + " optionally confidence and session_id, and any number of slice.<dimension>.",
            "The ground-truth file has customer, deployment, inference_id, observed_at, truth, optionally revision.",
            "Exit code: 0 when the report is written, 2 when a file or a policy does not do."
        })
public final class ReplayCommand implements Callable<Integer> {

    @Option(names = "--inferences", required = true, paramLabel = "FILE", description = "What the model answered, CSV.")
    private @Nullable Path inferences;

    @Option(names = "--ground-truth", required = true, paramLabel = "FILE", description = "What was right, CSV.")
    private @Nullable Path groundTruth;

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "FILE",
            description = "How deployments are watched, YAML.")
    private @Nullable Path policy;

    @Option(names = "--report", required = true, paramLabel = "FILE", description = "Where the result goes, JSON.")
    private @Nullable Path report;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "Where rows go that cannot be used, CSV; default: the report's name and .rejects.csv.")
    private @Nullable Path rejects;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws CannotRun, IOException {
        ProgressLine progress = ProgressLine.of(given(spec).commandLine().getOut());
        TrustedRecords.trust();
        Path reportFile = given(report);
        Path rejectsFile = rejects != null ? rejects : Path.of(reportFile + ".rejects.csv");
        new Apart()
                .reads("--inferences", given(inferences))
                .reads("--ground-truth", given(groundTruth))
                .reads("--policy", given(policy))
                .writes("--report", reportFile)
                .writes("--rejects", rejectsFile);
        Policies policies = new Policies(PolicyParser.read(given(policy)));
        Recording recording = new Recording();
        try (WireFormat wire = new WireFormat();
                Rejects rejected = Rejects.create(rejectsFile)) {
            readInferences(given(inferences), policies, wire, recording, rejected, progress);
            readTruths(given(groundTruth), policies, wire, recording, rejected, progress);
            long unreadable = rejected.count();
            List<TimedRecord> records = recording.inOrder();
            ReplayResult result = new TopologyRun(policies, wire, rejected)
                    .run(
                            records,
                            done -> progress.show(ProgressLine.bar(
                                    done / (double) records.size(),
                                    "replayed " + done + " of " + records.size() + " records")));
            progress.clear();
            ReplayReport.write(reportFile, result, unreadable, rejected.count());
            ReplaySummary.of(result).forEach(progress::print);
            progress.print("Report: " + reportFile);
            if (rejected.count() > 0) {
                progress.print(rejected.count() + " rows were not used, see " + rejectsFile);
            }
        }
        return 0;
    }

    private static void readInferences(
            Path file, Policies policies, WireFormat wire, Recording recording, Rejects rejected, ProgressLine progress)
            throws CannotRun {
        try (CsvFile csv = CsvFile.open(file, InferenceRows.REQUIRED)) {
            warnOfUnknown(file, csv, column -> InferenceRows.knows(column, policies), progress);
            warnOfUnfed(file, csv, policies, progress);
            read(file, csv, new InferenceRows(file, csv.columns(), policies, wire, recording), rejected, progress);
        }
    }

    private static void readTruths(
            Path file, Policies policies, WireFormat wire, Recording recording, Rejects rejected, ProgressLine progress)
            throws CannotRun {
        try (CsvFile csv = CsvFile.open(file, TruthRows.REQUIRED)) {
            warnOfUnknown(file, csv, TruthRows::knows, progress);
            read(file, csv, new TruthRows(file, policies, wire, recording), rejected, progress);
        }
    }

    private static void read(Path file, CsvFile csv, CsvFile.RowReader reader, Rejects rejected, ProgressLine progress)
            throws CannotRun {
        double size;
        try {
            size = Math.max(1, Files.size(file));
        } catch (IOException e) {
            throw CannotRun.at("cannot read " + file, e);
        }
        csv.forEach(
                row -> {
                    if (progress.isDue()) {
                        progress.show(ProgressLine.bar(csv.position() / size, "reading " + file));
                    }
                    reader.read(row);
                },
                rejected);
    }

    private static void warnOfUnknown(Path file, CsvFile csv, Predicate<String> known, ProgressLine progress) {
        List<String> unknown = csv.columnsOtherThan(known);
        if (!unknown.isEmpty()) {
            progress.print("Not looked at in " + file + ": " + String.join(", ", unknown));
        }
    }

    /** A misspelt column would otherwise show as a slice in which everything is unknown. */
    private static void warnOfUnfed(Path file, CsvFile csv, Policies policies, ProgressLine progress) {
        List<String> unfed = InferenceRows.columnsOf(policies).stream()
                .filter(column -> !csv.columns().contains(column))
                .toList();
        if (!unfed.isEmpty()) {
            progress.print("Not in " + file + ", so its values are unknown: " + String.join(", ", unfed));
        }
    }

    /** Set by picocli before {@link #call}. */
    private static <T> T given(@Nullable T option) {
        if (option == null) {
            throw new IllegalStateException("a required option is missing");
        }
        return option;
    }
}
