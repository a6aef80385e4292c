package dev.lastmile.app;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code lastmile run}. */
@Command(
        name = "run",
        description = "Runs the monitor until it is stopped.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Main.ConfigurationFile configuration = new Main.ConfigurationFile();

    @Override
    public Integer call() throws Exception {
        if (main == null || spec == null) {
            throw new IllegalStateException("made by the command line only");
        }
        Monitor monitor = Monitor.start(main.configuration(configuration.file()));
        Runtime.getRuntime().addShutdownHook(new Thread(monitor::close, "shutdown"));
        End end = monitor.ended().get();
        if (end.exitCode() != End.OK) {
            spec.commandLine().getErr().println(end.line());
        }
        return end.exitCode();
    }
}
