package dev.lastmile.faults.fuzz;

import dev.lastmile.faults.fuzz.broker.BrokerFuzzing;
import dev.lastmile.faults.fuzz.run.Corpus;
import dev.lastmile.faults.fuzz.run.Fuzzer;
import dev.lastmile.faults.fuzz.run.Report;
import dev.lastmile.faults.fuzz.run.Run;
import dev.lastmile.faults.fuzz.slice.SliceFlood;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code faults fuzz}: as many inputs as one has patience for. */
@Command(
        name = "fuzz",
        description = {
            "Sends what strangers may send, and says which promise did not hold.",
            "Kinds: RECORD, SCHEMA, CONFIGURATION, COMMAND, CSV, REPLAY, HTTP; BROKER (records through a broker); "
                    + "SLICE (different values of dimensions)."
        },
        mixinStandardHelpOptions = true)
public final class FuzzCommand implements Callable<Integer> {

    private static final String BROKER = "BROKER";
    private static final String SLICE = "SLICE";
    private static final Path CORPUS = Path.of("deploy", "faults", "src", "test", "resources", "corpus");

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", description = "What is sent.")
    private String kind = "";

    @Option(names = "--count", description = "How many. Default: ${DEFAULT-VALUE}.")
    private long count = 100_000;

    @Option(names = "--seed", description = "Of everything that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--index", description = "Tries the one input of this index, and no other.")
    private @Nullable Long index;

    @Option(names = "--input", description = "Tries the one input in this file, .hex or as it is, and no other.")
    private @Nullable Path input;

    @Option(names = "--corpus", description = "Inputs that are tried first. Default: those of the repository.")
    private Path corpus = CORPUS;

    @Option(names = "--out", description = "Where files stay. Default: a temporary directory.")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        if (spec == null) {
            throw new IllegalStateException("made by the command line only");
        }
        Path directory = out == null ? Files.createTempDirectory("lastmile-fuzz-") : Files.createDirectories(out);
        PrintWriter print = spec.commandLine().getOut();
        List<String> broken = run(directory, print);
        broken.forEach(print::println);
        print.flush();
        return broken.isEmpty() ? 0 : 1;
    }

    private List<String> run(Path directory, PrintWriter print) throws IOException, InterruptedException {
        if (kind.equals(BROKER)) {
            BrokerFuzzing.Result result = BrokerFuzzing.of(seed, count, directory);
            print.printf(
                    "broker: seed %d, %d records in %.1f s, dead letters %s, logs in %s%n",
                    seed, result.records(), result.took().toMillis() / 1_000.0, result.letters(), directory);
            return result.broken();
        }
        if (kind.equals(SLICE)) {
            SliceFlood.Result result = SliceFlood.of(seed, count, directory);
            print.printf(
                    "slice: seed %d, %d values in %d inferences in %.1f s, %d slices of a version are counted, %d bytes of metrics%n",
                    seed,
                    result.values(),
                    result.inferences(),
                    result.took().toMillis() / 1_000.0,
                    result.slices(),
                    result.exposedBytes());
            return result.broken();
        }
        try (Fuzzer fuzzer = Kind.valueOf(kind.toUpperCase(Locale.ROOT)).fuzzer(directory)) {
            Report report = report(fuzzer);
            print.println(report.summary());
            return report.findings();
        }
    }

    private Report report(Fuzzer fuzzer) throws IOException, InterruptedException {
        if (input != null) {
            return Run.ofGiven(fuzzer, Corpus.read(input));
        }
        return index == null ? Run.of(fuzzer, Corpus.in(corpus), seed, count) : Run.ofOne(fuzzer, seed, index);
    }
}
