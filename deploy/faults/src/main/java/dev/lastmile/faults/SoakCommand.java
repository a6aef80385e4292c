package dev.lastmile.faults;

import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.soak.Soak;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Load and faults for long. */
@Command(
        name = "soak",
        description = "Two instances under load, a fault drawn every while, and memory that must not grow.",
        mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--duration", description = "Of the load. Default: ${DEFAULT-VALUE}.")
    private Duration duration = Duration.ofMinutes(75);

    @Option(names = "--every", description = "How often a fault strikes. Default: ${DEFAULT-VALUE}.")
    private Duration every = Duration.ofSeconds(30);

    @Option(names = "--warm-up", description = "Before growth counts. Default: ${DEFAULT-VALUE}.")
    private Duration warmUp = Duration.ofMinutes(15);

    @Option(
            names = "--rate",
            description = "Records a second. Default: half of the most that it counts, found out first.")
    private @Nullable Double perSecond;

    @Option(names = "--most-growth", description = "Mebibytes an hour. Default: ${DEFAULT-VALUE}.")
    private double mostGrowth = 5;

    @Option(names = "--seed", description = "Of everything that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--out", description = "Where data and logs stay, empty. Default: a temporary directory.")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        if (spec == null) {
            throw new IllegalStateException("made by the command line only");
        }
        PrintWriter print = spec.commandLine().getOut();
        Path directory = out == null ? Files.createTempDirectory("lastmile-soak-") : Files.createDirectories(out);
        print.println("data and logs in " + directory);
        print.flush();
        Soak.Result result = Soak.run(
                new Soak.Plan(
                        duration,
                        every,
                        warmUp,
                        perSecond == null ? OptionalDouble.empty() : OptionalDouble.of(perSecond),
                        mostGrowth),
                seed,
                directory);
        result.lines().forEach(print::println);
        print.flush();
        return result.outcome().standing() == Outcome.Standing.PASSED ? 0 : 1;
    }
}
