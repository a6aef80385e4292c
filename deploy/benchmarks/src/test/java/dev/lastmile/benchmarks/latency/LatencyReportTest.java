package dev.lastmile.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LatencyReportTest {

    @TempDir
    private Path directory = Path.of("");

    /** Alerts after 110, 120, 130 ... ms. */
    private static LatencySample sample(int percent, int alerts) {
        List<Journey> journeys = LongStream.rangeClosed(1, alerts)
                .mapToObj(i -> new Journey(1_000, 1_000 + 10 * i, 1_100 + 10 * i, 1_300 + 10 * i))
                .toList();
        return new LatencySample(percent, 1_000, 999.6, 1.25, journeys);
    }

    @Test
    void latencyEndsWithTheAlertAndWhatComesAfterIsShownApart() throws Exception {
        new LatencyReport(Map.of("seed", "1"), List.of(sample(10, 3), sample(50, 300))).write(directory);

        String markdown = Files.readString(directory.resolve("latency.md"));
        assertThat(markdown)
                .contains("| 10 % | 1,000 | 1,000 | 3 | 120 | 130 | – | 130 | 1.3 |")
                .contains("| 50 % | 1,000 | 1,000 | 300 | 1,600 | 3,070 | ≤ 3,100 | 3,100 | 1.3 |")
                .contains("| 10 % | ground truth to sums | 20 | 20 | 30 | 30 |")
                .contains("| 10 % | sums to alert | 100 | 100 | 100 | 100 |")
                .contains("| 10 % | alert to its reader | 200 | 200 | 200 | 200 |");
        assertThat(directory.resolve("latency.svg")).isNotEmptyFile();
    }

    @Test
    void halfOfTheGreatestRateIsWhatCounts() throws Exception {
        new LatencyReport(Map.of(), List.of(sample(10, 3), sample(50, 300), sample(80, 3))).write(directory);

        JsonNode json =
                new ObjectMapper().readTree(directory.resolve("latency.json").toFile());
        assertThat(json.get("requirements")).hasSize(1);
        assertThat(json.at("/requirements/0/measured").asDouble()).isEqualTo(3.07);
        assertThat(json.at("/requirements/0/standing").asText()).isEqualTo("must");
        assertThat(json.at("/rates/1/journeysMs")).hasSize(300);
        assertThat(json.at("/rates/1/journeysMs/1").toString()).isEqualTo("[20,100,200]");
        assertThat(json.at("/rates/0").has("p99UpperBoundMs")).isFalse();
    }

    @Test
    void effectBeforeItsCauseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Journey(2, 1, 3, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Journey(1, 2, 4, 3));
    }
}
