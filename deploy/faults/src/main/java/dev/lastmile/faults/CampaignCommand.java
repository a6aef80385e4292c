package dev.lastmile.faults;

import dev.lastmile.faults.campaign.Campaign;
import dev.lastmile.faults.campaign.Campaigns;
import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.planted.PlantedBug;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One campaign, from its seed. */
@Command(name = "campaign", description = "Runs one campaign from its seed.", mixinStandardHelpOptions = true)
final class CampaignCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", description = "${COMPLETION-CANDIDATES}")
    private Campaigns campaign = Campaigns.KILLS;

    @Option(
            names = "--planted",
            description = "A mistake in the monitor, to see that it is caught: ${COMPLETION-CANDIDATES}.")
    private @Nullable PlantedBug planted;

    @Option(names = "--strikes", description = "How often faults strike. Default: ${DEFAULT-VALUE}.")
    private int strikes = 5;

    @Option(names = "--seed", description = "Of everything that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--rate", description = "Records a second. Default: ${DEFAULT-VALUE}.")
    private double perSecond = 1_000;

    @Option(names = "--out", description = "Where data and logs stay, empty. Default: a temporary directory.")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        Console console = Console.of(spec);
        Campaign sound = campaign.of(strikes, perSecond);
        Campaign run = planted == null ? sound : sound.with(planted);
        console.begin(run.name(), seed);
        Path directory = out == null ? Files.createTempDirectory("lastmile-faults-") : Files.createDirectories(out);
        console.tell("data and logs in " + directory);
        Outcome outcome = run.run(seed, directory, console::tell);
        outcome.ending().forEach(console::tell);
        return console.end(List.of(outcome));
    }
}
