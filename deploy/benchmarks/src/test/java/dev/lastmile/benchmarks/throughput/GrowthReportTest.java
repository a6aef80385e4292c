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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class GrowthReportTest {

    private static final int INFERENCES = 1_000_000;
    private static final int PER_SECOND = 1_000;
    private static final Scale SCALE = new Scale(INFERENCES, PER_SECOND, 60);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void costGrowsFromTheFirstStepOfTheSameRound() throws Exception {
        List<Step> steps = Axis.SLICES.steps(SCALE);
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
        assertThat(json.at("/measurements/3/processorShares").toString()).isEqualTo("[0.7,0.3]");
        assertThat(json.at("/requirements/0/measured").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/requirements/0/standing").asText()).isEqualTo("must");
        assertThat(json.get("requirements")).hasSize(1);
        assertThat(Files.readString(directory.resolve("growth.md")))
                .contains(
                        "| 50 | 15.00 – 22.50 – 30.00 | 1.50 | 250,000 | 40 | 10.0 | 60.0 %, 40.0 % | 70.0 %, 30.0 % |");
        assertThat(directory.resolve("growth.svg")).isNotEmptyFile();
        assertThat(directory.resolve("growth-messages.svg")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"80, 87, aim, aim", "80, 73, aim, aim", "80, 89, missed, aim", "80, 71, aim, missed"})
    void messagesAtASteadyRateMayBecomeNeitherMoreNorFewer(int first, int last, String atMost, String atLeast)
            throws Exception {
        for (Axis axis : List.of(Axis.RATE, Axis.STEADY_SLICES)) {
            List<Step> steps = axis.steps(SCALE);
            List<GrowthSample> samples =
                    List.of(sample(steps.get(0), 1, 100, first), sample(steps.get(1), 1, 10, last));

            new GrowthReport(Map.of(), samples).write(directory);

            JsonNode requirements = new ObjectMapper()
                    .readTree(directory.resolve("growth.json").toFile())
                    .get("requirements");
            assertThat(requirements).hasSize(2);
            assertThat(requirements.at("/0/atLeast").asBoolean()).isFalse();
            assertThat(requirements.at("/0/must").asDouble()).isEqualTo(1.1);
            assertThat(requirements.at("/0/standing").asText()).isEqualTo(atMost);
            assertThat(requirements.at("/1/atLeast").asBoolean()).isTrue();
            assertThat(requirements.at("/1/must").asDouble()).isEqualTo(0.9);
            assertThat(requirements.at("/1/standing").asText()).isEqualTo(atLeast);
            assertThat(directory.resolve("growth-messages.svg")).content().contains(axis.unit(), "a second: median");
        }
    }

    @Test
    void costsAtARateAreNotDrawnBesideThoseOfABacklog() throws Exception {
        List<Step> rate = Axis.RATE.steps(SCALE);
        List<Step> waiting = Axis.WAITING.steps(SCALE);
        List<GrowthSample> atARate = List.of(sample(rate.get(0), 1, 50), sample(rate.get(1), 1, 8));
        List<GrowthSample> both = new ArrayList<>(atARate);
        both.add(sample(waiting.get(0), 1, 3));

        new GrowthReport(Map.of(), atARate).write(directory);
        assertThat(directory.resolve("growth.svg")).content().contains(Axis.RATE.unit());

        new GrowthReport(Map.of(), both).write(directory);
        assertThat(directory.resolve("growth.svg"))
                .content()
                .contains(Axis.WAITING.unit())
                .doesNotContain(Axis.RATE.unit());
        assertThat(directory.resolve("growth-messages.svg")).content().contains(Axis.RATE.unit());
    }

    @ParameterizedTest
    @EnumSource(Axis.class)
    void onlyTheAxisGrows(Axis axis) {
        List<Step> steps = axis.steps(SCALE);

        assertThat(steps)
                .hasSizeBetween(2, 3)
                .extracting(Step::number)
                .isSorted()
                .doesNotHaveDuplicates();
        for (Step step : steps) {
            assertThat(step.arrival())
                    .isEqualTo(
                            switch (axis) {
                                case RATE -> new SteadyRate(step.number(), 60);
                                case STEADY_SLICES -> new SteadyRate(PER_SECOND, 60);
                                case EVENTS -> new Backlog(step.number());
                                case SLICES, DEPLOYMENTS, CUSTOMERS, CORRECTIONS, INSTANCES, WAITING ->
                                    new Backlog(INFERENCES);
                            });
            assertThat(step.instances()).isEqualTo(axis == Axis.INSTANCES ? step.number() : 1);
            assertThat(step.waiting()).isEqualTo(axis == Axis.WAITING ? step.number() : 0);
        }
    }

    @Test
    void rateGrowsTenfold() {
        assertThat(Axis.RATE.steps(SCALE)).extracting(Step::number).containsExactly(PER_SECOND, 10 * PER_SECOND);
    }

    private static GrowthSample sample(Step step, int round, double microsPerEvent) {
        return sample(step, round, microsPerEvent, 40);
    }

    private static GrowthSample sample(Step step, int round, double microsPerEvent, long deltas) {
        return new GrowthSample(
                step,
                round,
                new Measurement(4, microsPerEvent, INFERENCES, 1),
                deltas,
                List.of(0.6, 0.4),
                List.of(0.7, 0.3));
    }
}
