package dev.lastmile.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** With brokers and monitors in processes of their own: a minute. */
final class GrowthTableTest {

    private static final int PER_SECOND = 400;
    private static final int SECONDS = 3;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void atTenTimesTheRateTheSecondStageGetsAboutAsManyMessages() throws Exception {
        StringWriter said = new StringWriter();

        int exitCode = new CommandLine(new GrowthTable())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(
                        "--axes",
                        "RATE",
                        "--rate",
                        Integer.toString(PER_SECOND),
                        "--seconds",
                        Integer.toString(SECONDS),
                        "--warm-up",
                        "2000",
                        "--warm-up-time",
                        "PT1S",
                        "--rounds",
                        "1",
                        "--partitions",
                        "1",
                        "--out",
                        directory.toString());

        assertThat(exitCode).as(said.toString()).isZero();
        JsonNode json =
                new ObjectMapper().readTree(directory.resolve("growth.json").toFile());
        JsonNode slow = json.at("/measurements/0");
        JsonNode fast = json.at("/measurements/1");
        // A hold-up before either end adds or takes.
        assertThat(slow.get("events").asInt()).isBetween(PER_SECOND, 7 * PER_SECOND);
        assertThat(fast.get("events").asInt()).isBetween(10 * PER_SECOND, 70 * PER_SECOND);
        // Few commits are counted here: one more or less is a third.
        assertThat(fast.get("deltas").asDouble() / slow.get("deltas").asDouble())
                .isBetween(0.3, 3.0);
        assertThat(directory.resolve("growth.md")).isNotEmptyFile();
        assertThat(directory.resolve("growth-messages.svg")).isNotEmptyFile();
    }
}
