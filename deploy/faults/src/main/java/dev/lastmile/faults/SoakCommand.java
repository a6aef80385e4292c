package dev.lastmile.faults;

import dev.lastmile.faults.soak.Soak;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Load and faults for long. */
@Command(
        name = "soak",
        description = "Two instances under load, a fault drawn every while, and memory that must not grow.",
        mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {

    @Mixin
    private final Trial trial = new Trial();

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

    @Override
    public Integer call() throws Exception {
        Soak.Plan plan = new Soak.Plan(
                duration,
                every,
                warmUp,
                perSecond == null ? OptionalDouble.empty() : OptionalDouble.of(perSecond),
                mostGrowth);
        return trial.run(Soak.NAME, (seed, directory, print) -> Soak.run(plan, seed, directory, print));
    }
}
