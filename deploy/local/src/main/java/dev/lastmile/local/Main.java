package dev.lastmile.local;

import dev.lastmile.app.ConfigurationException;
import dev.lastmile.app.SystemGuards;
import dev.lastmile.local.demo.DemoCommand;
import dev.lastmile.local.replay.ReplayCommand;
import dev.lastmile.local.simulation.SimulateCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the local jar. */
@Command(
        name = "lastmile-local",
        description =
                "Lastmile in one process: a demo, a replay of your own files, and a simulation of traffic like yours.",
        mixinStandardHelpOptions = true,
        version = "0.1.0-SNAPSHOT",
        subcommands = {DemoCommand.class, ReplayCommand.class, SimulateCommand.class})
public final class Main {

    private static final int CANNOT_RUN = 2;

    private static final String LOGGING = "logback.configurationFile";

    private Main() {}

    /** Runs a command and ends with its exit code. */
    public static void main(String[] arguments) {
        if (System.getProperty(LOGGING) == null) {
            // The production jar brings a configuration of its own under the usual name.
            System.setProperty(LOGGING, "logback-local.xml");
        }
        SystemGuards.apply();
        System.exit(commandLine().execute(arguments));
    }

    /** The commands. Exit code 0 when all went well, 1 when what was promised did not hold, 2 when a command could not run. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, result) -> {
                    if (failure instanceof CannotRun || failure instanceof ConfigurationException) {
                        return cannotRun(command, failure.getMessage());
                    }
                    throw failure;
                })
                .setParameterExceptionHandler((failure, arguments) -> {
                    CommandLine command = failure.getCommandLine();
                    String name = command.getCommandSpec().qualifiedName();
                    return cannotRun(command, failure.getMessage() + " (" + name + " --help tells more)");
                });
    }

    private static int cannotRun(CommandLine command, @Nullable String message) {
        command.getErr().println(message);
        command.getErr().flush();
        return CANNOT_RUN;
    }
}
