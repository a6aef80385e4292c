package dev.lastmile.app;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code lastmile topics …}. */
@Command(
        name = "topics",
        description = "Gives customers and the monitor what they need of a cluster, or says where it differs.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {TopicsCreateCommand.class, TopicsCheckCommand.class})
final class TopicsCommands implements Runnable {

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
        }
    }

    Main main() {
        if (main == null) {
            throw new IllegalStateException("made by the command line only");
        }
        return main;
    }

    /** What the cluster or a client said, as a line of a command that failed. */
    static int failed(CommandSpec spec, KafkaException failure) {
        spec.commandLine().getErr().println(End.oneLine(failure));
        return End.FAILED;
    }

    /** What is wrong with an option, for whoever typed it. */
    static ConfigurationException wrong(String option, IllegalArgumentException problem) {
        return new ConfigurationException(option, "", String.valueOf(problem.getMessage()));
    }

    /** One thing, two things. */
    static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** A length of time as the configuration writes it. */
    static final class Period implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("must be an ISO-8601 duration such as P14D: " + text);
            }
        }
    }
}
