package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import dev.lastmile.benchmarks.throughput.load.Load;
import dev.lastmile.benchmarks.throughput.load.LoadSender;
import dev.lastmile.benchmarks.throughput.load.Pattern;
import dev.lastmile.local.broker.TemporaryDirectory;
import dev.lastmile.local.simulation.report.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What an event costs with each contestant, one after the other on the same topics, in several rounds. */
@Command(
        name = "throughput",
        description = "Measures what an event costs, side by side with other ways to do the job.",
        mixinStandardHelpOptions = true)
final class ThroughputTable implements Callable<Integer> {

    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    @Option(names = "--inferences", defaultValue = "1000000", description = "Default: ${DEFAULT-VALUE}.")
    private int inferences;

    @Option(names = "--rounds", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--warm-ups",
            defaultValue = "1",
            description = "Runs of a JVM before the one that counts. Default: ${DEFAULT-VALUE}.")
    private int warmUps;

    @Option(names = "--patterns", split = ",", description = "Default: NEAR,FAR.")
    private List<Pattern> patterns = List.of(Pattern.values());

    @Option(names = "--only", split = ",", description = "Contestants whose name holds one of these. Default: all.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--partitions", defaultValue = "4", description = "Of each topic. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--out",
            defaultValue = "deploy/benchmarks/target/throughput",
            description = "Directory of the results.")
    private Path out = Path.of("");

    @Spec
    private @Nullable CommandSpec spec;

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ThroughputTable()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("not called by a command line");
        }
        PrintWriter terminal = spec.commandLine().getOut();
        List<String> lines = new ArrayList<>();
        for (Pattern pattern : patterns) {
            Map<String, List<Measurement>> measured = measured(pattern, terminal);
            lines.addAll(table(pattern, measured).asMarkdown());
            lines.add("");
        }
        Files.createDirectories(out);
        Files.write(out.resolve("throughput.md"), lines);
        lines.forEach(terminal::println);
        return 0;
    }

    private Map<String, List<Measurement>> measured(Pattern pattern, PrintWriter terminal) throws IOException {
        Load load = new Load(pattern, inferences, System.currentTimeMillis() - 2 * DAY_MS, seed);
        Map<String, List<Measurement>> measured = new LinkedHashMap<>();
        try (Site site = Site.start(partitions);
                TemporaryDirectory directory = TemporaryDirectory.create("lastmile-throughput-")) {
            LoadSender.send(load, site.bootstrapServers(), site.registryUrl());
            for (int round = 1; round <= rounds; round++) {
                for (Contestant contestant : ContestantRun.ALL) {
                    if (!only.isEmpty() && only.stream().noneMatch(contestant.label()::contains)) {
                        continue;
                    }
                    Duration before = site.processorTime();
                    Measurement measurement = ContestantRun.of(contestant, site, directory.path(), warmUps, load);
                    Duration broker = site.processorTime().minus(before).dividedBy(warmUps + 1L);
                    measured.computeIfAbsent(contestant.label(), any -> new ArrayList<>())
                            .add(measurement);
                    terminal.printf(
                            Locale.ROOT,
                            "%s, round %d, %s: %.2f µs, %,.0f events/s, broker %.2f µs%n",
                            pattern.label(),
                            round,
                            contestant.label(),
                            measurement.microsPerEvent(),
                            measurement.eventsPerSecond(),
                            broker.toNanos() / 1e3 / measurement.events());
                    terminal.flush();
                }
            }
        }
        return measured;
    }

    private static Table table(Pattern pattern, Map<String, List<Measurement>> measured) {
        List<List<String>> rows = new ArrayList<>();
        measured.forEach((label, its) -> rows.add(List.of(
                label,
                spread(its.stream().map(Measurement::microsPerEvent).toList(), "%.2f"),
                spread(its.stream().map(Measurement::eventsPerSecond).toList(), "%,.0f"))));
        return new Table(
                pattern.label(), List.of("contestant", "processor µs an event, min – median – max", "events/s"), rows);
    }

    private static String spread(List<Double> values, String format) {
        List<Double> sorted = values.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                format + " – " + format + " – " + format,
                sorted.get(0),
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() - 1));
    }
}
