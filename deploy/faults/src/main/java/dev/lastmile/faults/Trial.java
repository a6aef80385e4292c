package dev.lastmile.faults;

import dev.lastmile.faults.campaign.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What commands that run one thing once have in common: from which seed, where its files stay, and what is told of it. */
final class Trial {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--seed", description = "Of everything that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--out", description = "Where data and logs stay, empty. Default: a temporary directory.")
    private @Nullable Path out;

    /** What is tried. */
    interface Work {

        /**
         * Does it.
         *
         * @param directory where data and logs stay
         * @param print what is told meanwhile
         */
        Outcome run(long seed, Path directory, Consumer<String> print) throws IOException, InterruptedException;
    }

    /**
     * Tries it, and tells so.
     *
     * @param name of what is tried
     * @return the exit code: 0 if it passed, else 1
     */
    int run(String name, Work work) throws IOException, InterruptedException {
        Console console = Console.of(spec);
        console.begin(name, seed);
        Path directory = out == null ? Files.createTempDirectory("lastmile-faults-") : Files.createDirectories(out);
        console.tell("data and logs in " + directory);
        Outcome outcome = work.run(seed, directory, console::tell);
        outcome.ending().forEach(console::tell);
        return console.end(List.of(outcome));
    }
}
