package dev.lastmile.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** With a broker and every contestant in processes of their own: a minute. */
final class ThroughputTableTest {

    private final StringWriter said = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    private int run(String... arguments) {
        return new CommandLine(new ThroughputTable())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(arguments);
    }

    @Test
    void everyContestantCountsRightly() throws Exception {
        int exitCode = run(
                "--inferences",
                "3000",
                "--rounds",
                "1",
                "--warm-up",
                "PT0S",
                "--patterns",
                "NEAR",
                "--out",
                directory.toString());

        assertThat(exitCode).as(said.toString()).isZero();
        JsonNode measurements = new ObjectMapper()
                .readTree(directory.resolve("throughput.json").toFile())
                .get("measurements");
        assertThat(measurements.findValuesAsText("contestant"))
                .containsExactlyElementsOf(
                        ContestantRun.ALL.stream().map(Contestant::label).toList());
        for (JsonNode measurement : measurements) {
            assertThat(measurement.get("events").asInt()).isBetween(5_700, 6_000);
            assertThat(measurement.get("processorSeconds").asDouble()).isPositive();
        }
    }

    @Test
    void aNameThatNoContestantHasIsRefusedBeforeAnythingStarts() {
        int exitCode = run("--only", "Lastmile,flink", "--out", directory.toString());

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(said.toString()).contains("--only must be a part of a contestant's name: flink");
        assertThat(directory).isEmptyDirectory();
    }
}
