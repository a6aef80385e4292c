package dev.lastmile.faults;

import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.fuzz.Fuzzing;
import dev.lastmile.faults.fuzz.Kind;
import dev.lastmile.faults.fuzz.run.Corpus;
import dev.lastmile.faults.fuzz.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faults fuzz}: as many inputs as one has patience for. */
@Command(
        name = "fuzz",
        description = {
            "Sends what strangers may send, and says which promise did not hold.",
            "Kinds: RECORD, SCHEMA, CONFIGURATION, COMMAND, CSV, REPLAY, HTTP; BROKER (records through a broker); "
                    + "SLICE (different values of dimensions)."
        },
        mixinStandardHelpOptions = true)
final class FuzzCommand implements Callable<Integer> {

    private static final String BROKER = "BROKER";
    private static final String SLICE = "SLICE";
    private static final Path CORPUS = Path.of("deploy", "faults", "src", "test", "resources", "corpus");

    @Mixin
    private final Trial trial = new Trial();

    @Parameters(index = "0", description = "What is sent.")
    private String kind = "";

    @Option(names = "--count", description = "How many. Default: ${DEFAULT-VALUE}.")
    private long count = 100_000;

    @Option(names = "--index", description = "Tries the one input of this index, and no other.")
    private @Nullable Long index;

    @Option(names = "--input", description = "Tries the one input in this file, .hex or as it is, and no other.")
    private @Nullable Path input;

    @Option(names = "--corpus", description = "Inputs that are tried first. Default: those of the repository.")
    private Path corpus = CORPUS;

    @Override
    public Integer call() throws Exception {
        return trial.run(kind, (seed, directory, print) -> run(seed, directory));
    }

    private Outcome run(long seed, Path directory) throws IOException, InterruptedException {
        return switch (kind) {
            case BROKER -> Fuzzing.throughBroker(seed, count, directory);
            case SLICE -> Fuzzing.slices(seed, count, directory);
            default -> inputs(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), seed, directory);
        };
    }

    private Outcome inputs(Kind its, long seed, Path directory) throws IOException, InterruptedException {
        if (input != null) {
            byte[] given = Corpus.read(input);
            return Fuzzing.of(its, seed, directory, fuzzer -> Run.ofGiven(fuzzer, given));
        }
        if (index != null) {
            long one = index;
            return Fuzzing.of(its, seed, directory, fuzzer -> Run.ofOne(fuzzer, seed, one));
        }
        return Fuzzing.of(its, seed, count, corpus, directory);
    }
}
