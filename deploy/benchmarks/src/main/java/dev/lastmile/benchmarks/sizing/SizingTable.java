package dev.lastmile.benchmarks.sizing;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What an installation takes: the tables of the page, or one of a demand of one's own. */
@Command(
        name = "sizing",
        description = "Computes what an installation takes from what was measured; measures nothing.",
        mixinStandardHelpOptions = true)
final class SizingTable implements Callable<Integer> {

    @Option(
            names = "--inferences",
            description =
                    "A day. With it, one demand is computed, that of the options below; without, all of the page.")
    private @Nullable Double inferences;

    @Option(names = "--deployments", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
    private int deployments;

    @Option(names = "--customers", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private int customers;

    @Option(names = "--labelled", defaultValue = "0.95", description = "Share, 0-1. Default: ${DEFAULT-VALUE}.")
    private double labelled;

    @Option(
            names = "--late",
            defaultValue = "1",
            description = "Share of ground truths that come in a later commit, 0-1. Default: ${DEFAULT-VALUE}.")
    private double late;

    @Option(
            names = "--label-spread",
            defaultValue = "P1D",
            description =
                    "How far apart the inferences are that get their truth at one time. Default: ${DEFAULT-VALUE}.")
    private Duration labelSpread = Duration.ZERO;

    @Option(
            names = "--transcript-bytes",
            defaultValue = "0",
            description = "UTF-8 length of a transcript; 0 for counts. Default: ${DEFAULT-VALUE}.")
    private double transcriptBytes;

    @Option(names = "--slices", defaultValue = "5", description = "Of an event. Default: ${DEFAULT-VALUE}.")
    private double slices;

    @Option(names = "--live-slices", defaultValue = "30", description = "Of a deployment. Default: ${DEFAULT-VALUE}.")
    private double liveSlices;

    @Option(names = "--bucket", defaultValue = "PT1H", description = "Default: ${DEFAULT-VALUE}.")
    private Duration bucket = Duration.ZERO;

    @Option(names = "--horizon", defaultValue = "P14D", description = "Default: ${DEFAULT-VALUE}.")
    private Duration horizon = Duration.ZERO;

    @Option(names = "--max-age", defaultValue = "P7D", description = "Default: ${DEFAULT-VALUE}.")
    private Duration maxAge = Duration.ZERO;

    @Option(
            names = "--no-corrections",
            description = "Transcripts are forgotten once they are scored. Default: they are kept.")
    private boolean noCorrections;

    @Option(names = "--replication", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int replication;

    @Option(names = "--standbys", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private int standbys;

    @Option(names = "--commit", defaultValue = "PT1S", description = "drainInterval. Default: ${DEFAULT-VALUE}.")
    private Duration commit = Duration.ZERO;

    @Option(names = "--threads", defaultValue = "2", description = "An instance. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--heap",
            defaultValue = "1024",
            description = "Java heap at least, MiB. Default: ${DEFAULT-VALUE}.")
    private int heap;

    @Option(names = "--peak", defaultValue = "3", description = "Over the mean. Default: ${DEFAULT-VALUE}.")
    private double peak;

    @Option(
            names = "--utilisation",
            defaultValue = "0.6",
            description = "Share of processors busy at the peak. Default: ${DEFAULT-VALUE}.")
    private double utilisation;

    @Option(names = "--write", description = "Writes the page's tables anew instead of printing them.")
    private boolean write;

    @Option(names = "--page", defaultValue = "deploy/SIZING.md", description = "Default: ${DEFAULT-VALUE}.")
    private Path page = Path.of("");

    @Spec
    private @Nullable CommandSpec spec;

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SizingTable()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Measured measured = Measured.read();
        SizingReport report = new SizingReport(Capacity.USUAL, Headroom.USUAL, measured);
        if (write) {
            Page.read(page).with(report.parts()).write(page);
        } else if (inferences != null) {
            print(own(inferences, measured));
        } else {
            report.parts().values().forEach(lines -> {
                print(lines);
                print(List.of(""));
            });
        }
        return 0;
    }

    private List<String> own(double inferencesPerDay, Measured measured) {
        Demand demand = new Demand(
                new Arrivals(inferencesPerDay, labelled, late, labelSpread, transcriptBytes),
                new Watching(deployments, customers, slices, liveSlices, bucket, horizon, maxAge, !noCorrections),
                Setup.USUAL
                        .withReplication(replication)
                        .withStandbys(standbys)
                        .withCommitInterval(commit)
                        .withThreads(threads)
                        .withHeap(heap));
        Headroom headroom = Headroom.USUAL.withLoad(peak, utilisation);
        return new SizeTables(headroom, measured)
                .details("What to have", List.of(new Example("as asked", demand)))
                .asMarkdown();
    }

    private void print(List<String> lines) {
        if (spec == null) {
            throw new IllegalStateException("not called by a command line");
        }
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }
}
