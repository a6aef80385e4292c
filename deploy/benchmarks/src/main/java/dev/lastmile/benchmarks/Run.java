package dev.lastmile.benchmarks;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands of this module have in common: a seed, a terminal, and what they say of how results came about. */
public final class Run {

    private final long startNanos = System.nanoTime();

    @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** Of all that is drawn. */
    public long seed() {
        return seed;
    }

    /** Where the command writes. */
    public PrintWriter terminal() {
        return command().commandLine().getOut();
    }

    /** Date, command line, seed and machine, by name, in the order to show them. */
    public Map<String, String> about() {
        CommandSpec command = command();
        Map<String, String> about = new LinkedHashMap<>();
        about.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        about.put(
                "command",
                (command.name() + " "
                                + String.join(
                                        " ",
                                        command.commandLine().getParseResult().originalArgs()))
                        .strip());
        about.put("seed", Long.toString(seed));
        about.put(
                "machine",
                String.format(
                        Locale.ROOT,
                        "%d processors, %s %s, Java %s",
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.version")));
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        about.put("took", took.toMinutes() + " min " + took.toSecondsPart() + " s");
        return about;
    }

    /** What the command throws if it cannot do what an option asks. */
    public ParameterException refusal(String why) {
        return new ParameterException(command().commandLine(), why);
    }

    private CommandSpec command() {
        if (spec == null) {
            throw new IllegalStateException("not called by a command line");
        }
        return spec;
    }
}
