package dev.lastmile.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import dev.lastmile.benchmarks.throughput.contestant.flink.FlinkJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ThroughputReportTest {

    private static final long EVENTS = 1_000_000;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void ratioIsTakenWithinARound() {
        List<Sample> samples = new ArrayList<>();
        // The second round ran on a machine half as fast: no ratio changes.
        samples.add(near(1, ContestantRun.DSL, 24));
        samples.add(near(1, ContestantRun.LASTMILE, 4));
        samples.add(near(2, ContestantRun.DSL, 48));
        samples.add(near(2, ContestantRun.LASTMILE, 8));

        assertThat(Comparison.of(Pattern.NEAR, samples)).singleElement().satisfies(comparison -> {
            assertThat(comparison.ratio().text("%.1f")).isEqualTo("6.0");
            assertThat(comparison.requirement().orElseThrow().standing()).isEqualTo("must");
        });
        assertThat(Comparison.of(Pattern.FAR, samples)).isEmpty();
    }

    @Test
    void cheaperOfTheFlinkJobsOnDiskCountsAndTheHeapIsWithoutClaim() {
        List<Sample> samples = List.of(
                near(1, FlinkJob.PLAIN, 30),
                near(1, FlinkJob.COMBINED, 20),
                near(1, FlinkJob.ON_HEAP, 6),
                near(1, ContestantRun.LASTMILE, 4));

        List<Comparison> comparisons = Comparison.of(Pattern.NEAR, samples);

        assertThat(comparisons).extracting(it -> it.ratio().median()).containsExactly(5.0, 1.5);
        assertThat(comparisons.get(0).requirement().orElseThrow().standing()).isEqualTo("aim");
        assertThat(comparisons.get(1).requirement()).isEmpty();
    }

    @Test
    void whichFlinkJobIsCheaperIsNotKnownWhereOneDidNotRun() {
        List<Sample> samples = List.of(near(1, FlinkJob.COMBINED, 20), near(1, ContestantRun.LASTMILE, 4));

        assertThat(Comparison.of(Pattern.NEAR, samples)).isEmpty();
    }

    @Test
    void filesHoldEveryMeasurementAndEveryRatio() throws Exception {
        List<Sample> samples = List.of(
                near(1, ContestantRun.DECODING, 2), near(1, ContestantRun.DSL, 8), near(1, ContestantRun.LASTMILE, 4));

        new ThroughputReport(Map.of("seed", "1"), samples).write(directory);

        JsonNode json =
                new ObjectMapper().readTree(directory.resolve("throughput.json").toFile());
        assertThat(json.at("/about/seed").asText()).isEqualTo("1");
        assertThat(json.get("measurements")).hasSize(3);
        assertThat(json.at("/measurements/0/contestant").asText()).isEqualTo("Streams that decodes");
        assertThat(json.at("/measurements/0/processorSeconds").asDouble()).isEqualTo(2);
        assertThat(json.at("/measurements/0/brokerSeconds").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/ratios/0/median").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/ratios/0/standing").asText()).isEqualTo("must");
        assertThat(json.at("/ratios/1/standing").asText()).isEqualTo("missed");
        assertThat(Files.readString(directory.resolve("throughput.md")))
                .contains("| Lastmile | 4.00 | 250,000 | 0.50 |", "| naive DSL | 2.00 | ≥ 5 | ≥ 10 | missed |");
        assertThat(directory.resolve("throughput.svg")).isNotEmptyFile();
    }

    private static Sample near(int round, Contestant contestant, double microsPerEvent) {
        return new Sample(Pattern.NEAR, round, contestant.label(), new Measurement(4, microsPerEvent, EVENTS, 2), 0.5);
    }
}
