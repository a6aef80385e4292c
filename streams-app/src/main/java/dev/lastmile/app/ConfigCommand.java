package dev.lastmile.app;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code lastmile config …}. */
@Command(
        name = "config",
        description = "About the configuration.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = ConfigCommand.Check.class)
final class ConfigCommand implements Runnable {

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

    /** {@code lastmile config check}. */
    @Command(
            name = "check",
            description = "Prints what is in force, secrets masked, or what is wrong; starts nothing.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Check implements Runnable {

        @ParentCommand
        private @Nullable ConfigCommand parent;

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private Main.ConfigurationFile configuration = new Main.ConfigurationFile();

        @Override
        public void run() {
            if (parent == null || parent.main == null || spec == null) {
                throw new IllegalStateException("made by the command line only");
            }
            Configuration checked = parent.main.configuration(configuration.file());
            PrintWriter out = spec.commandLine().getOut();
            out.print(new EffectiveConfiguration(checked).yaml());
            out.flush();
        }
    }
}
