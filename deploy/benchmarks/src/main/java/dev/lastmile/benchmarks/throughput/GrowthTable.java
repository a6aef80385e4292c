package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.Run;
import dev.lastmile.benchmarks.load.Pattern;
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

/** What an event costs Lastmile as one thing grows and all else stays. */
@Command(
        name = "growth",
        description = "Measures what an event costs Lastmile as one thing grows and all else stays.",
        mixinStandardHelpOptions = true)
final class GrowthTable implements Callable<Integer> {

    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    @Option(
            names = "--inferences",
            defaultValue = "1000000",
            description =
                    "Where they do not grow; what grows with their number grows from it. Default: ${DEFAULT-VALUE}.")
    private int inferences;

    @Option(
            names = "--warm-up",
            defaultValue = "200000",
            description = "Inferences to warm up with before each step. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--rounds", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--axes", split = ",", description = "Of: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Axis> axes = List.of(Axis.values());

    @Option(names = "--pattern", defaultValue = "NEAR", description = "NEAR or FAR. Default: ${DEFAULT-VALUE}.")
    private Pattern pattern = Pattern.NEAR;

    @Option(names = "--partitions", defaultValue = "4", description = "Of each topic. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--out",
            defaultValue = "deploy/benchmarks/target/growth",
            description = "Directory of the results.")
    private Path out = Path.of("");

    @Mixin
    private Run run = new Run();

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new GrowthTable()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter terminal = run.terminal();
        Growth growth = new Growth(pattern, partitions, warmUp, System.currentTimeMillis() - 3 * DAY_MS, run.seed());
        List<GrowthSample> samples = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (Axis axis : axes) {
                for (Step step : axis.steps(inferences)) {
                    GrowthSample sample = growth.measure(step, round);
                    samples.add(sample);
                    show(sample, terminal);
                }
            }
        }
        GrowthReport report = new GrowthReport(about(), samples);
        report.write(out);
        report.markdown().forEach(terminal::println);
        return 0;
    }

    private Map<String, String> about() {
        Map<String, String> about = run.about();
        about.put("pattern", pattern.label());
        about.put("inferences", inferences + ", after " + warmUp + " to warm up");
        about.put("rounds", Integer.toString(rounds));
        about.put("partitions", Integer.toString(partitions));
        return about;
    }

    private static void show(GrowthSample sample, PrintWriter terminal) {
        terminal.printf(
                Locale.ROOT,
                "round %d, %s: %.2f µs, %,.0f events/s, %,d messages to the second stage%n",
                sample.round(),
                sample.step().label(),
                sample.measurement().microsPerEvent(),
                sample.measurement().eventsPerSecond(),
                sample.deltas());
        terminal.flush();
    }
}
