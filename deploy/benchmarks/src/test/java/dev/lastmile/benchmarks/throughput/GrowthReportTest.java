package dev.lastmile.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GrowthReportTest {

    private static final int INFERENCES = 1_000_000;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void costGrowsFromTheFirstStepOfTheSameRound() throws Exception {
        List<Step> steps = Axis.SLICES.steps(INFERENCES);
        List<GrowthSample> samples = new ArrayList<>();
        // The second round ran on a machine half as fast.
        samples.add(sample(steps.get(0), 1, 10));
        samples.add(sample(steps.get(1), 1, 15));
        samples.add(sample(steps.get(0), 2, 20));
        samples.add(sample(steps.get(1), 2, 30));

        new GrowthReport(Map.of(), samples).write(directory);

        JsonNode json =
                new ObjectMapper().readTree(directory.resolve("growth.json").toFile());
        assertThat(json.get("measurements")).hasSize(4);
        assertThat(json.at("/measurements/3/deltas").asLong()).isEqualTo(40);
        assertThat(json.at("/requirements/0/measured").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/requirements/0/standing").asText()).isEqualTo("must");
        assertThat(json.at("/requirements/1/measured").asDouble()).isEqualTo(1);
        assertThat(json.at("/requirements/1/standing").asText()).isEqualTo("aim");
        assertThat(Files.readString(directory.resolve("growth.md")))
                .contains("| 50 | 15.00 – 22.50 – 30.00 | 1.50 | 250,000 | 40 | 10.0 | 60.0 %, 40.0 % |");
        assertThat(directory.resolve("growth.svg")).isNotEmptyFile();
    }

    @ParameterizedTest
    @EnumSource(Axis.class)
    void onlyTheAxisGrows(Axis axis) {
        List<Step> steps = axis.steps(INFERENCES);

        assertThat(steps)
                .hasSizeBetween(2, 3)
                .extracting(Step::number)
                .isSorted()
                .doesNotHaveDuplicates();
        for (Step step : steps) {
            assertThat(step.inferences()).isEqualTo(axis == Axis.EVENTS ? step.number() : INFERENCES);
            assertThat(step.instances()).isEqualTo(axis == Axis.INSTANCES ? step.number() : 1);
            assertThat(step.waiting()).isEqualTo(axis == Axis.WAITING ? step.number() : 0);
        }
    }

    private static GrowthSample sample(Step step, int round, double microsPerEvent) {
        return new GrowthSample(step, round, new Measurement(4, microsPerEvent, INFERENCES, 1), 40, List.of(0.6, 0.4));
    }
}
