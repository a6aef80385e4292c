package dev.lastmile.benchmarks.loops;

import dev.lastmile.local.simulation.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the loops, and writes down what each costs beside what is asked of it. */
@Command(
        name = "loops",
        description = "Measures the inner loops one by one, with JMH.",
        mixinStandardHelpOptions = true)
final class LoopTable implements Callable<Integer> {

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final double MEDIAN = 50;

    @Option(names = "--only", description = "Loops whose name matches this expression. Default: all.")
    private String only = "dev.lastmile.benchmarks.loops";

    @Option(names = "--forks", defaultValue = "2", description = "JVMs a loop. Default: ${DEFAULT-VALUE}.")
    private int forks;

    @Option(
            names = "--iterations",
            defaultValue = "5",
            description = "Measured, after as many to warm up. Default: ${DEFAULT-VALUE}.")
    private int iterations;

    @Option(
            names = "--milliseconds",
            defaultValue = "1000",
            description = "Of each iteration. Default: ${DEFAULT-VALUE}.")
    private long milliseconds;

    @Option(names = "--out", defaultValue = "deploy/benchmarks/target/loops", description = "Directory of the results.")
    private Path out = Path.of("");

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LoopTable()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        Files.createDirectories(out);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(only)
                .forks(forks)
                .warmupIterations(iterations)
                .measurementIterations(iterations)
                .warmupTime(TimeValue.milliseconds(milliseconds))
                .measurementTime(TimeValue.milliseconds(milliseconds))
                .jvmArgs("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC")
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(out.resolve("loops.json").toString());
        List<String> lines = table(new Runner(options.build()).run()).asMarkdown();
        Files.write(out.resolve("loops.md"), lines);
        lines.forEach(System.out::println);
        return 0;
    }

    private static Table table(Collection<RunResult> results) {
        List<List<String>> rows = new ArrayList<>();
        results.stream()
                .sorted(Comparator.comparing(LoopTable::nameOf))
                .forEach(result -> rows.add(row(nameOf(result), result)));
        return new Table(
                "Inner loops", List.of("loop", "µs, median", "least", "bytes", "must", "aim", "standing"), rows);
    }

    private static List<String> row(String name, RunResult result) {
        Result<?> time = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        LoopFigure figure = LoopFigure.of(name);
        // Of iterations, or of single steps where these were timed: the mean is that of the machine's other work too.
        double median = time.getStatistics().getPercentile(MEDIAN);
        return List.of(
                name,
                number(median),
                number(time.getStatistics().getMin()),
                allocated == null ? "" : String.format(Locale.ROOT, "%,.0f", allocated.getScore()),
                figure == null ? "" : "≤ " + number(figure.mustMicros()),
                figure == null ? "" : "≤ " + number(figure.aimMicros()),
                figure == null ? "" : figure.standing(median));
    }

    private static String number(double micros) {
        return String.format(Locale.ROOT, micros < 10 ? "%.3f" : "%.1f", micros);
    }

    /** Class, method and parameters, such as {@code WordErrorRate.score PLAIN}. */
    private static String nameOf(RunResult result) {
        String method = result.getParams().getBenchmark();
        StringBuilder name =
                new StringBuilder(method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1));
        for (String key : result.getParams().getParamsKeys()) {
            name.append(' ').append(key).append('=').append(result.getParams().getParam(key));
        }
        return name.toString();
    }
}
