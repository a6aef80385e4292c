package dev.lastmile.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** With a broker and a monitor in processes of their own: half a minute. */
final class LatencyTableTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void everyTroubleRaisesAnAlertWhoseWayIsKnown() throws Exception {
        StringWriter said = new StringWriter();

        int exitCode = new CommandLine(new LatencyTable())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(
                        "--rates",
                        "50",
                        "--max-rate",
                        "2000",
                        "--backlog",
                        "500",
                        "--victims",
                        "4",
                        "--seconds",
                        "2",
                        "--partitions",
                        "2",
                        "--out",
                        directory.toString());

        assertThat(exitCode).as(said.toString()).isZero();
        JsonNode rate = new ObjectMapper()
                .readTree(directory.resolve("latency.json").toFile())
                .at("/rates/0");
        assertThat(rate.get("alerts").asInt()).isEqualTo(4);
        assertThat(rate.get("p50Ms").asLong()).isPositive();
        assertThat(directory.resolve("latency.md")).isNotEmptyFile();
        assertThat(directory.resolve("latency.svg")).isNotEmptyFile();
    }
}
