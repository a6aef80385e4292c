package dev.lastmile.benchmarks.latency;

import dev.lastmile.benchmarks.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long after the ground truth that tips the balance the alert comes, at several rates. */
@Command(
        name = "latency",
        description = "Measures how long after the ground truth that tips the balance the alert comes.",
        mixinStandardHelpOptions = true)
final class LatencyTable implements Callable<Integer> {

    private static final long THREE_DAYS_MS = Duration.ofDays(3).toMillis();
    private static final double PERCENT = 100;

    @Option(
            names = "--rates",
            split = ",",
            defaultValue = "10,50,80",
            description = "Percent of the greatest rate. Default: ${DEFAULT-VALUE}.")
    private List<Integer> rates = List.of();

    @Option(
            names = "--max-rate",
            defaultValue = "0",
            description = "Events a second that 100 %% stands for; 0 to measure it first. Default: ${DEFAULT-VALUE}.")
    private double maxRate;

    @Option(
            names = "--backlog",
            defaultValue = "1000000",
            description =
                    "Inferences, with their ground truths, that are worked off to measure the greatest rate; a fifth of them"
                            + " to warm up. Default: ${DEFAULT-VALUE}.")
    private int backlog;

    @Option(
            names = "--victims",
            defaultValue = "300",
            description = "Deployments that meet trouble at each rate: with 299 something can be said of the 99th"
                    + " percentile beyond those seen. Default: ${DEFAULT-VALUE}.")
    private int victims;

    @Option(
            names = "--seconds",
            defaultValue = "120",
            description = "Within which they do, at each rate. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--partitions", defaultValue = "4", description = "Of each topic. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--out",
            defaultValue = "deploy/benchmarks/target/latency",
            description = "Directory of the results.")
    private Path out = Path.of("");

    @Mixin
    private Run run = new Run();

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LatencyTable()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter terminal = run.terminal();
        List<LatencySample> samples = new ArrayList<>();
        double greatest;
        try (Latency latency = Latency.start(partitions, System.currentTimeMillis() - THREE_DAYS_MS, run.seed())) {
            double warm = latency.work("w-", Math.max(1, backlog / 5));
            greatest = maxRate > 0 ? maxRate : latency.work("m-", backlog);
            terminal.printf(Locale.ROOT, "%,.0f events/s; %,.0f while it warmed up%n", greatest, warm);
            terminal.flush();
            for (int percent : rates) {
                LatencySample sample = latency.measure(percent, greatest * percent / PERCENT, victims, seconds);
                samples.add(sample);
                show(sample, terminal);
            }
        }
        LatencyReport report = new LatencyReport(about(greatest), samples);
        report.write(out);
        report.markdown().forEach(terminal::println);
        return 0;
    }

    private Map<String, String> about(double greatest) {
        Map<String, String> about = run.about();
        about.put(
                "greatest rate",
                String.format(Locale.ROOT, "%,.0f events/s, ", greatest)
                        + (maxRate > 0 ? "as was said" : "measured on a backlog of " + backlog + " inferences"));
        about.put(
                "troubles",
                victims + " a rate within " + seconds
                        + " s; of the events that come at that rate they are a part on top");
        about.put("partitions", Integer.toString(partitions));
        return about;
    }

    private static void show(LatencySample sample, PrintWriter terminal) {
        Percentiles latency = sample.latency();
        terminal.printf(
                Locale.ROOT,
                "%d %%: %,.0f events/s, %d alerts, p50 %,.0f ms, p99 %,.0f ms, all counted after %.1f s%n",
                sample.percent(),
                sample.sentPerSecond(),
                latency.count(),
                latency.at(0.5),
                latency.at(0.99),
                sample.caughtUpSeconds());
        terminal.flush();
    }
}
