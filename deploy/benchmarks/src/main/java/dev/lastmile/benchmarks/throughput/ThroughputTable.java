package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.Run;
import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.throughput.contestant.Contestant;
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
            names = "--warm-up",
            defaultValue = "PT2M",
            description = "How long a JVM runs before the run that counts. Default: ${DEFAULT-VALUE}.")
    private Duration warmUp = Duration.ZERO;

    @Option(names = "--patterns", split = ",", description = "Default: NEAR,FAR.")
    private List<Pattern> patterns = List.of(Pattern.values());

    @Option(names = "--only", split = ",", description = "Contestants whose name holds one of these. Default: all.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--partitions", defaultValue = "4", description = "Of each topic. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--out",
            defaultValue = "deploy/benchmarks/target/throughput",
            description = "Directory of the results.")
    private Path out = Path.of("");

    @Mixin
    private Run run = new Run();

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ThroughputTable()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter terminal = run.terminal();
        Rounds all = new Rounds(contestants(), rounds, warmUp, partitions);
        List<Sample> samples = new ArrayList<>();
        for (Pattern pattern : patterns) {
            Load load = Load.usual(pattern, inferences, System.currentTimeMillis() - 2 * DAY_MS, run.seed());
            samples.addAll(all.measure(load, sample -> show(sample, terminal)));
        }
        ThroughputReport report = new ThroughputReport(about(), samples);
        report.write(out);
        report.markdown().forEach(terminal::println);
        return 0;
    }

    private List<Contestant> contestants() {
        List<String> labels = ContestantRun.ALL.stream().map(Contestant::label).toList();
        for (String part : only) {
            if (labels.stream().noneMatch(label -> label.contains(part))) {
                throw run.refusal("--only must be a part of a contestant's name: " + part + "; there are " + labels);
            }
        }
        return ContestantRun.ALL.stream()
                .filter(contestant -> only.isEmpty() || only.stream().anyMatch(contestant.label()::contains))
                .toList();
    }

    private Map<String, String> about() {
        Map<String, String> about = run.about();
        about.put("inferences", Integer.toString(inferences));
        about.put("rounds", rounds + ", each JVM after " + warmUp + " of runs to warm it up");
        about.put("partitions", Integer.toString(partitions));
        return about;
    }

    private static void show(Sample sample, PrintWriter terminal) {
        terminal.printf(
                Locale.ROOT,
                "%s, round %d, %s: %.2f µs, %,.0f events/s, broker %.2f µs%n",
                sample.pattern().label(),
                sample.round(),
                sample.contestant(),
                sample.measurement().microsPerEvent(),
                sample.measurement().eventsPerSecond(),
                sample.brokerMicrosPerEvent());
        terminal.flush();
    }
}
