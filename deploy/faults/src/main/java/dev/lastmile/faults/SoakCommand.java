package dev.lastmile.faults;

import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.soak.Soak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    private Duration duration = Soak.Plan.DEFAULT.duration();

    @Option(names = "--every", description = "How often a fault strikes. Default: ${DEFAULT-VALUE}.")
    private Duration every = Soak.Plan.DEFAULT.every();

    @Option(names = "--warm-up", description = "Before growth counts. Default: ${DEFAULT-VALUE}.")
    private Duration warmUp = Soak.Plan.DEFAULT.warmUp();

    @Option(
            names = "--rate",
            description = "Records a second. Default: half of the most that it counts, found out first.")
    private @Nullable Double perSecond;

    @Option(names = "--most-growth", description = "Mebibytes an hour. Default: ${DEFAULT-VALUE}.")
    private double mostGrowth = Soak.Plan.DEFAULT.mostGrowth();

    @Option(names = "--seed", description = "Of everything that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--out", description = "Where data and logs stay, empty. Default: a temporary directory.")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        Console console = Console.of(spec);
        console.begin(Soak.NAME, seed);
        Path directory = out == null ? Files.createTempDirectory("lastmile-soak-") : Files.createDirectories(out);
        console.tell("data and logs in " + directory);
        Soak.Plan plan = new Soak.Plan(
                duration,
                every,
                warmUp,
                perSecond == null ? OptionalDouble.empty() : OptionalDouble.of(perSecond),
                mostGrowth);
        Outcome outcome = Soak.run(plan, seed, directory, console::tell);
        outcome.ending().forEach(console::tell);
        return console.end(List.of(outcome));
    }
}
