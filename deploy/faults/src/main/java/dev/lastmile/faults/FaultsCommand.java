package dev.lastmile.faults;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Strikes a real installation and says what held. */
@Command(
        name = "faults",
        description = "Strikes a real installation and says what held.",
        mixinStandardHelpOptions = true,
        subcommands = {CampaignCommand.class, FuzzCommand.class, ReportCommand.class, SoakCommand.class})
public final class FaultsCommand {

    /** The command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FaultsCommand()).execute(arguments));
    }
}
