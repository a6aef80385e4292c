package dev.lastmile.faults;

import dev.lastmile.faults.campaign.Campaign;
import dev.lastmile.faults.campaign.Campaigns;
import dev.lastmile.faults.planted.PlantedBug;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One campaign, from its seed. */
@Command(name = "campaign", description = "Runs one campaign from its seed.", mixinStandardHelpOptions = true)
final class CampaignCommand implements Callable<Integer> {

    @Mixin
    private final Trial trial = new Trial();

    @Parameters(index = "0", description = "${COMPLETION-CANDIDATES}")
    private Campaigns campaign = Campaigns.KILLS;

    @Option(
            names = "--planted",
            description = "A mistake in the monitor, to see that it is caught: ${COMPLETION-CANDIDATES}.")
    private @Nullable PlantedBug planted;

    @Option(names = "--strikes", description = "How often faults strike. Default: ${DEFAULT-VALUE}.")
    private int strikes = 5;

    @Option(names = "--rate", description = "Records a second. Default: ${DEFAULT-VALUE}.")
    private double perSecond = 1_000;

    @Override
    public Integer call() throws Exception {
        Campaign sound = campaign.of(strikes, perSecond);
        Campaign run = planted == null ? sound : sound.with(planted);
        return trial.run(run.name(), run::run);
    }
}
