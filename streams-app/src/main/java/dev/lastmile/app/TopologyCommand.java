package dev.lastmile.app;

import dev.lastmile.topology.CustomerTopics;
import dev.lastmile.topology.bundle.HeldPartitions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code lastmile topology}. */
@Command(
        name = "topology",
        description = "Prints the flow as Kafka Streams describes it; starts nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TopologyCommand implements Runnable {

    /** Any configuration has this topology: policies decide what it does, not of what it is made. */
    private static final String ANY_CONFIGURATION = """
            kafka: {bootstrap.servers: "localhost:9092"}
            registry: {url: "mock://topology"}
            deployments: [{customer: "*", deployment: "*", metric: word_error_rate}]
            """;

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "the configuration, YAML; without it, the flow that every configuration has")
    private @Nullable Path file;

    @Override
    public void run() {
        if (main == null || spec == null) {
            throw new IllegalStateException("made by the command line only");
        }
        Configuration configuration = file == null
                ? Configuration.parse("built in", ANY_CONFIGURATION, Path.of("."), Map.of())
                : main.configuration(file);
        CustomerTopics none = customer -> {};
        PrintWriter out = spec.commandLine().getOut();
        out.print(TopologyFactory.topology(
                        configuration,
                        Registry.of(
                                configuration.registry(), configuration.state().directory()),
                        none,
                        new SnapshotStore(),
                        new CommandFormat(configuration.applicationId()),
                        new HeldPartitions(System::currentTimeMillis))
                .describe());
        out.flush();
    }
}
