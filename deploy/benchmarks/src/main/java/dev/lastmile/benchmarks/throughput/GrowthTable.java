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

    /** So many that every task of the usual load has an event of every deployment between two commits. */
    static final int USUAL_RATE = 2_000;

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

    @Option(
            names = "--warm-up-time",
            defaultValue = "PT2M",
            description =
                    "How long that takes at least: a part of them comes each ten seconds. Default: ${DEFAULT-VALUE}.")
    private Duration warmUpTime = Duration.ZERO;

    @Option(
            names = "--rate",
            defaultValue = "" + USUAL_RATE,
            description = "Events a second where they come at a rate; RATE has ten times as many in its last step."
                    + " Default: ${DEFAULT-VALUE}.")
    private int perSecond;

    @Option(
            names = "--seconds",
            defaultValue = "60",
            description = "For how long events that come at a rate are counted. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Of each axis. Default: ${DEFAULT-VALUE}.")
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
        Scale scale = new Scale(inferences, perSecond, seconds);
        List<GrowthSample> samples = new ArrayList<>();
        int steps = rounds
                * axes.stream().mapToInt(axis -> axis.steps(scale).size()).sum();
        for (Axis axis : axes) {
            for (int round = 1; round <= rounds; round++) {
                for (Step step : axis.steps(scale)) {
                    terminal.printf(Locale.ROOT, "%d of %d: ", samples.size() + 1, steps);
                    samples.add(measured(step, round, terminal));
                }
                // A run that is interrupted keeps the rounds that are complete.
                report(samples).write(out);
            }
        }
        report(samples).markdown().forEach(terminal::println);
        return 0;
    }

    private GrowthSample measured(Step step, int round, PrintWriter terminal) throws IOException, InterruptedException {
        terminal.printf(Locale.ROOT, "%s, round %d … ", step.label(), round);
        terminal.flush();
        long startNanos = System.nanoTime();
        Growth growth = new Growth(
                pattern, partitions, warmUp, warmUpTime, System.currentTimeMillis() - 3 * DAY_MS, run.seed());
        GrowthSample sample = growth.measure(step, round);
        show(sample, Duration.ofNanos(System.nanoTime() - startNanos), terminal);
        return sample;
    }

    private GrowthReport report(List<GrowthSample> samples) {
        Map<String, String> about = run.about();
        about.put("pattern", pattern.label());
        about.put("inferences", inferences + ", after " + warmUp + " to warm up within " + warmUpTime);
        about.put("at a steady rate", perSecond + " events a second where they do not grow, for " + seconds + " s");
        about.put("rounds", Integer.toString(rounds));
        about.put("partitions", Integer.toString(partitions));
        return new GrowthReport(about, samples);
    }

    private static void show(GrowthSample sample, Duration took, PrintWriter terminal) {
        terminal.printf(
                Locale.ROOT,
                "%.2f µs, %,.0f events/s, %.1f messages/s to the second stage, after %d min %d s%n",
                sample.measurement().microsPerEvent(),
                sample.measurement().eventsPerSecond(),
                sample.deltasPerSecond(),
                took.toMinutes(),
                took.toSecondsPart());
        terminal.flush();
    }
}
