package dev.lastmile.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 failed, 2 wrong configuration or usage. */
@Command(
        name = "lastmile",
        description = "Watches AI deployments for error rates that get worse for some more than for others.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            ConfigCommand.class,
            TopologyCommand.class,
            TopicsCommands.class,
            BaselineCommands.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong configuration or usage"})
public final class Main implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private final Map<String, String> environment;

    private Main(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Runs a command and exits. */
    public static void main(String[] arguments) {
        SystemGuards.apply();
        System.exit(commandLine(System.getenv()).execute(arguments));
    }

    /** The command line over an environment, for a program that runs commands within its own process. */
    public static CommandLine commandLine(Map<String, String> environment) {
        CommandLine commandLine = new CommandLine(new Main(environment));
        commandLine.setExecutionExceptionHandler(Main::report);
        commandLine.setParameterExceptionHandler(Main::reportUsage);
        return commandLine;
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
        }
    }

    Configuration configuration(Path file) {
        return Configuration.read(file, environment);
    }

    /** What the environment says under a name, if anything. */
    @Nullable
    String variable(String name) {
        return environment.get(name);
    }

    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult arguments)
            throws Exception {
        if (failure instanceof ConfigurationException) {
            command.getErr().println(failure.getMessage());
            return End.BAD_CONFIGURATION;
        }
        throw failure;
    }

    private static int reportUsage(CommandLine.ParameterException failure, String[] arguments) {
        PrintWriter err = failure.getCommandLine().getErr();
        err.println(failure.getMessage());
        failure.getCommandLine().usage(err);
        return End.BAD_CONFIGURATION;
    }

    /** The option every command knows. */
    static final class ConfigurationFile {

        @Option(
                names = {"-c", "--config"},
                paramLabel = "FILE",
                required = true,
                description = "the configuration, YAML; LASTMILE_… environment variables override it")
        private @Nullable Path file;

        Path file() {
            if (file == null) {
                throw new IllegalStateException("a required option is always set");
            }
            return file;
        }
    }
}
