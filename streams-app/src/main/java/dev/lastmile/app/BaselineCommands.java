package dev.lastmile.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.topology.BaselineCommand;
import dev.lastmile.topology.DeploymentPolicy;
import dev.lastmile.topology.Policies;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code lastmile baseline …}. */
@Command(
        name = "baseline",
        description = "Sets what a deployment is compared with, or shows it.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {BaselineCommands.Relearn.class, BaselineCommands.Import.class, BaselineCommands.Export.class})
final class BaselineCommands implements Runnable {

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

    private Configuration configuration(Path file) {
        if (main == null) {
            throw new IllegalStateException("made by the command line only");
        }
        return main.configuration(file);
    }

    /** Which deployment of which configuration. */
    static final class Target {

        @Mixin
        private Main.ConfigurationFile configuration = new Main.ConfigurationFile();

        @Option(names = "--customer", required = true, description = "whose deployment")
        private String customer = "";

        @Option(names = "--deployment", required = true, description = "which deployment")
        private String deployment = "";

        Path file() {
            return configuration.file();
        }

        DeploymentId id() {
            try {
                return new DeploymentId(customer, deployment);
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException("--customer, --deployment", "", String.valueOf(e.getMessage()));
            }
        }

        DeploymentPolicy policy(Configuration settings) {
            return new Policies(settings.deployments())
                    .find(id())
                    .orElseThrow(() -> new ConfigurationException(
                            TextFile.nameOf(file()), "deployments", "no entry matches " + id()));
        }
    }

    /** Checks a command, then sends it. */
    abstract static class Sending implements Callable<Integer> {

        @ParentCommand
        private @Nullable BaselineCommands parent;

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private Target target = new Target();

        @Option(names = "--by", description = "who says so, for the trail; by default ${DEFAULT-VALUE}")
        private String by = System.getProperty("user.name", "unknown");

        /** The command, without who says so. */
        abstract ObjectNode command(DeploymentPolicy policy);

        @Override
        public Integer call() {
            if (parent == null || spec == null) {
                throw new IllegalStateException("made by the command line only");
            }
            Configuration settings = parent.configuration(target.file());
            DeploymentPolicy policy = target.policy(settings);
            ObjectNode command = command(policy).put("by", by);
            check(policy, command);
            try {
                String place = new CommandSender(settings).send(target.id(), command);
                PrintWriter out = spec.commandLine().getOut();
                out.println("sent to " + place + "; the page and the trail of " + target.id()
                        + " show whether it was obeyed");
                out.flush();
                return End.OK;
            } catch (KafkaException e) {
                spec.commandLine().getErr().println(e.getMessage());
                return End.FAILED;
            }
        }

        private static void check(DeploymentPolicy policy, ObjectNode command) {
            if (CommandFormat.parse(policy, command, 0) instanceof BaselineCommand.Relearn relearn
                    && relearn.plan() == null
                    && policy.baseline() instanceof BaselinePlan.None) {
                throw new ConfigurationException(
                        "command", "", "the policy has no baseline: say --labelled, or --from and --to");
            }
            if (CommandFormat.bytes(command).length > CommandFormat.MAX_BYTES) {
                throw new ConfigurationException("command", "", "must be at most 512 KiB");
            }
        }
    }

    /** {@code lastmile baseline relearn}. */
    @Command(
            name = "relearn",
            description = "Has the baseline learned anew; the one in force stays so until the new one is frozen.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Relearn extends Sending {

        @Option(names = "--labelled", paramLabel = "N", description = "from the next N labelled inferences")
        private @Nullable Long labelled;

        @Option(names = "--from", paramLabel = "TIME", description = "from inferences that occurred from then …")
        private @Nullable String from;

        @Option(names = "--to", paramLabel = "TIME", description = "… until before then; ISO-8601, UTC")
        private @Nullable String to;

        @Override
        ObjectNode command(DeploymentPolicy policy) {
            ObjectNode command = CommandFormat.object().put("command", "relearn");
            if (labelled != null) {
                command.put("labelled", labelled);
            }
            if (from != null) {
                command.put("from", from);
            }
            if (to != null) {
                command.put("to", to);
            }
            return command;
        }
    }

    /** {@code lastmile baseline import}. */
    @Command(
            name = "import",
            description = "Puts a service card in force at once.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Import extends Sending {

        @Option(names = "--file", paramLabel = "CARD", required = true, description = "the service card, YAML")
        private @Nullable Path card;

        @Override
        ObjectNode command(DeploymentPolicy policy) {
            if (card == null) {
                throw new IllegalStateException("a required option is always set");
            }
            // Read as a policy's own file is, so that what is wrong is said with the file's name and the key's path.
            new ServiceCard(policy.scorer().metric(), policy.slicing()).read(card);
            ObjectNode command = CommandFormat.object().put("command", "import");
            command.set("card", YamlTree.parse(TextFile.nameOf(card), TextFile.read(card)));
            return command;
        }
    }

    /** {@code lastmile baseline export}. */
    @Command(
            name = "export",
            description = "Prints the baseline as a service card, asked from the running monitor.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Export implements Callable<Integer> {

        @ParentCommand
        private @Nullable BaselineCommands parent;

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private Target target = new Target();

        @Option(names = "--current", description = "all that was labelled so far instead of the baseline in force")
        private boolean current;

        @Option(names = "--file", paramLabel = "CARD", description = "where to write it instead of printing it")
        private @Nullable Path card;

        @Option(names = "--url", description = "where the monitor serves HTTP; by default as configured")
        private @Nullable URI url;

        @Option(
                names = "--token-file",
                description = "file with a token; by default the operator's, if one is configured")
        private @Nullable Path tokenFile;

        @Option(names = "--ca", description = "PEM file of who vouches for the monitor; by default whom the JDK trusts")
        private @Nullable Path authority;

        private @Nullable String token(Configuration settings) {
            return tokenFile == null
                    ? settings.http().operatorToken().orElse(null)
                    : TextFile.read(tokenFile).strip();
        }

        @Override
        public Integer call() throws InterruptedException {
            if (parent == null || spec == null) {
                throw new IllegalStateException("made by the command line only");
            }
            Configuration settings = parent.configuration(target.file());
            URI base = url == null ? settings.http().local() : url;
            try {
                String yaml = new CardDownload(base, token(settings), authority).of(target.id(), current);
                if (card == null) {
                    spec.commandLine().getOut().print(yaml);
                    spec.commandLine().getOut().flush();
                } else {
                    Files.writeString(card, yaml);
                }
                return End.OK;
            } catch (IOException e) {
                spec.commandLine().getErr().println(base + ": " + End.oneLine(e));
                return End.FAILED;
            }
        }
    }
}
