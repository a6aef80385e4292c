package dev.lastmile.faults.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.faults.fuzz.run.Corpus;
import dev.lastmile.faults.fuzz.run.Fuzzer;
import dev.lastmile.faults.fuzz.run.Report;
import dev.lastmile.faults.fuzz.run.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind, as often as there is time for; {@code faults fuzz} goes on where this ends. */
class FuzzTest {

    private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");
    private static final long SEED = 20_261_128;

    /** The outcomes are those that a run without them would have missed something. */
    @ParameterizedTest
    @CsvSource({
        "RECORD, 1000000, Inference GroundTruth BAD_FRAME BAD_AVRO TOO_LARGE UNKNOWN_SCHEMA SCHEMA_INCOMPATIBLE "
                + "SCHEMA_NOT_FOR_TOPIC SCHEMA_REJECTED NULL_VALUE KEY_MISMATCH VALUE_OUT_OF_RANGE TIME_TOO_OLD "
                + "TIME_FUTURE TENANT_MISMATCH UNKNOWN_DEPLOYMENT WRONG_ANSWER_TYPE",
        "SCHEMA, 200, SCHEMA_REJECTED SCHEMA_INCOMPATIBLE usable",
        "CONFIGURATION, 10000, configuration refused",
        "COMMAND, 20000, MALFORMED TOO_LARGE WRONG_CARD Import Relearn",
        "CSV, 3000, rows nothing",
        "REPLAY, 10, replayed refused",
        "HTTP, 4000, 200 400 404 405 closed"
    })
    void noInputBreaksAPromise(Kind kind, long count, String outcomes, @TempDir Path directory) throws Exception {
        try (Fuzzer fuzzer = kind.fuzzer(directory)) {
            Report report = Run.of(fuzzer, Corpus.in(CORPUS), SEED, count);

            System.out.println(report.summary());
            assertThat(report.findings()).isEmpty();
            assertThat(report.made()).isEqualTo(count);
            assertThat(report.kept()).isPositive();
            assertThat(report.outcomes().keySet()).contains(outcomes.split(" ", -1));
        }
    }
}
