package dev.lastmile.faults.fuzz;

import dev.lastmile.faults.campaign.Attempt;
import dev.lastmile.faults.campaign.Commit;
import dev.lastmile.faults.campaign.Outcome;
import dev.lastmile.faults.fuzz.broker.BrokerFuzzing;
import dev.lastmile.faults.fuzz.run.Corpus;
import dev.lastmile.faults.fuzz.run.Fuzzer;
import dev.lastmile.faults.fuzz.run.Report;
import dev.lastmile.faults.fuzz.run.Run;
import dev.lastmile.faults.fuzz.slice.SliceFlood;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Runs of fuzzers as any other runs: what was found are broken promises. */
public final class Fuzzing {

    private static final String BEGINNING = "FUZZ_";

    private Fuzzing() {}

    /** What one runs of a fuzzer. */
    public interface Inputs {

        /** Tries them. */
        Report run(Fuzzer fuzzer) throws IOException, InterruptedException;
    }

    /**
     * The corpus, and then so many inputs that are made.
     *
     * @param corpus where it is
     * @param directory empty, for files
     */
    public static Outcome of(Kind kind, long seed, long count, Path corpus, Path directory)
            throws IOException, InterruptedException {
        return of(kind, seed, directory, fuzzer -> Run.of(fuzzer, Corpus.in(corpus), seed, count));
    }

    /** Whatever one runs of a fuzzer. */
    public static Outcome of(Kind kind, long seed, Path directory, Inputs inputs)
            throws IOException, InterruptedException {
        String name = BEGINNING + kind;
        return Attempt.of(name, seed, directory, Fuzzing::ignore, schedule -> {
            try (Fuzzer fuzzer = kind.fuzzer(directory)) {
                Report report = inputs.run(fuzzer);
                return outcome(name, seed, report.kept() + report.made(), report.findings(), report.summary());
            }
        });
    }

    /**
     * So many records with headers, through a broker.
     *
     * @param directory empty; data and logs stay there
     */
    public static Outcome throughBroker(long seed, long count, Path directory)
            throws IOException, InterruptedException {
        String name = BEGINNING + "BROKER";
        return Attempt.of(name, seed, directory, Fuzzing::ignore, schedule -> {
            BrokerFuzzing.Result result = BrokerFuzzing.of(seed, count, directory);
            return outcome(
                    name,
                    seed,
                    result.records(),
                    result.broken(),
                    seconds(result.took()) + ", dead letters " + new TreeMap<>(result.letters()));
        });
    }

    /**
     * So many different values of dimensions, or a few more.
     *
     * @param directory empty, for state
     */
    public static Outcome slices(long seed, long values, Path directory) throws IOException, InterruptedException {
        String name = BEGINNING + "SLICE";
        return Attempt.of(name, seed, directory, Fuzzing::ignore, schedule -> {
            SliceFlood.Result result = SliceFlood.of(seed, values, directory);
            return outcome(
                    name,
                    seed,
                    2 * result.inferences(),
                    result.broken(),
                    String.format(
                            Locale.ROOT,
                            "%s, %d different values in %d inferences, %d slices are counted, %d bytes of metrics",
                            seconds(result.took()),
                            result.values(),
                            result.inferences(),
                            result.slices(),
                            result.exposedBytes()));
        });
    }

    /** Nothing strikes, so nothing is told. */
    private static void ignore(String line) {}

    private static Outcome outcome(String name, long seed, long inputs, List<String> broken, String note)
            throws InterruptedException {
        return new Outcome(name, seed, Commit.current(), List.of(), inputs, 0, broken, List.of(note));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
