package dev.lastmile.benchmarks.footprint;

import dev.lastmile.benchmarks.Run;
import dev.lastmile.benchmarks.load.Content;
import dev.lastmile.benchmarks.throughput.contestant.MonitorConfiguration;
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

/** What inferences that wait take: memory, disk, and time to start with them. */
@Command(
        name = "footprint",
        description = "Measures what waiting inferences take: memory, disk, and time to start with them.",
        mixinStandardHelpOptions = true)
final class FootprintTable implements Callable<Integer> {

    private static final long TWO_DAYS_MS = Duration.ofDays(2).toMillis();

    @Option(names = "--waiting", defaultValue = "10000000", description = "Inferences. Default: ${DEFAULT-VALUE}.")
    private int waiting;

    @Option(
            names = "--truths",
            defaultValue = "500000",
            description = "Ground truths joined after each start but the first, about. Default: ${DEFAULT-VALUE}.")
    private int truths;

    @Option(
            names = "--contents",
            split = ",",
            defaultValue = "COUNTS",
            description = "Of: ${COMPLETION-CANDIDATES}; one measurement each. Default: ${DEFAULT-VALUE}.")
    private List<Content> contents = List.of();

    @Option(
            names = "--heap",
            defaultValue = "1g",
            description = "The most of the monitor's Java heap. Default: ${DEFAULT-VALUE}.")
    private String heap = "";

    @Option(
            names = "--memory",
            defaultValue = MonitorConfiguration.SHIPPED_MEMORY,
            description = "Of its RocksDB stores together. Default: ${DEFAULT-VALUE}, as it is shipped.")
    private String memory = "";

    @Option(
            names = "--cap",
            defaultValue = "2048",
            description = "MiB that the process is held to in all; nothing enforces it. Default: ${DEFAULT-VALUE}.")
    private int cap;

    @Option(
            names = "--session-timeout",
            defaultValue = "PT45S",
            description =
                    "After which the broker gives the share of an instance that has gone to the next: part of every"
                            + " start but the first. Default: ${DEFAULT-VALUE}, as it is shipped; PT6S is the least.")
    private Duration sessionTimeout = Duration.ZERO;

    @Option(names = "--partitions", defaultValue = "4", description = "Of each topic. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--out",
            defaultValue = "deploy/benchmarks/target/footprint",
            description = "Directory of the results.")
    private Path out = Path.of("");

    @Mixin
    private Run run = new Run();

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FootprintTable()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter terminal = run.terminal();
        Conditions conditions = new Conditions(
                new Cap(heap, memory, cap),
                partitions,
                sessionTimeout,
                System.currentTimeMillis() - TWO_DAYS_MS,
                run.seed());
        List<FootprintSample> samples = new ArrayList<>();
        for (Content content : contents) {
            samples.add(Footprint.measure(
                    content, waiting, truths, conditions, startUp -> show(content, startUp, terminal)));
        }
        FootprintReport report = new FootprintReport(about(), conditions.cap(), samples);
        report.write(out);
        report.markdown().forEach(terminal::println);
        return 0;
    }

    private Map<String, String> about() {
        Map<String, String> about = run.about();
        about.put("partitions", Integer.toString(partitions));
        about.put("session timeout", sessionTimeout.toString());
        return about;
    }

    private static void show(Content content, StartUp startUp, PrintWriter terminal) {
        terminal.printf(
                Locale.ROOT,
                "%s, %s: ready after %.1f s; read %,d records back within %.1f s%n",
                content.label(),
                startUp.circumstances(),
                startUp.seconds(),
                startUp.records(),
                startUp.restoringSeconds());
        terminal.flush();
    }
}
