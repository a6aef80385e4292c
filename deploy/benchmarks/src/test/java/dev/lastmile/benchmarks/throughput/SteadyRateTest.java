package dev.lastmile.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.benchmarks.load.Answer;
import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.load.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

final class SteadyRateTest {

    private static final int SECONDS = 60;
    private static final int PARTITIONS = 4;

    private static Load load(int perSecond) {
        return new SteadyRate(perSecond, SECONDS).load(Pattern.FAR, 1_790_000_000_000L, 1, Shape.USUAL);
    }

    /** Of all deployments in all partitions, the share that has an event within a second, on average; 0-1. */
    private static double present(int perSecond) {
        Set<String> present = new HashSet<>();
        load(perSecond).replay(new Load.Receiver() {
            private long events;

            @Override
            public void answer(Answer answer) {
                take(answer);
            }

            @Override
            public void truth(Answer answer, boolean wrong, long observedAtMs, int revision) {
                take(answer);
            }

            private void take(Answer answer) {
                long second = events++ / perSecond;
                // As Kafka's producers choose it.
                int partition =
                        Utils.toPositive(Utils.murmur2(answer.id().getBytes(StandardCharsets.UTF_8))) % PARTITIONS;
                if (second < SECONDS) {
                    present.add(second + " " + answer.deployment() + " " + partition);
                }
            }
        });
        return (double) present.size() / SECONDS / Shape.USUAL.deployments() / PARTITIONS;
    }

    @Test
    void eventsLastForTheTimeThatCountsAndFiveSecondsBeforeAndAfter() {
        Load load = load(1_000);

        assertThat(load.expected().events() / 1_000.0).isBetween(69.5, 70.5);
        assertThat(load.span()).hasSeconds(70);
    }

    @Test
    void groundTruthsComeAsInferencesDo() {
        List<Boolean> isTruth = new ArrayList<>();
        load(1_000).replay(new Load.Receiver() {
            @Override
            public void answer(Answer answer) {
                isTruth.add(false);
            }

            @Override
            public void truth(Answer answer, boolean wrong, long observedAtMs, int revision) {
                isTruth.add(true);
            }
        });

        long truthsWhileItCounts =
                isTruth.subList(5_000, 65_000).stream().filter(its -> its).count();

        assertThat(truthsWhileItCounts / 60_000.0).isCloseTo(0.95 / 1.95, within(0.01));
    }

    @Test
    void atTheUsualRateEveryTaskHasAnEventOfEveryDeploymentInEachSecond() {
        assertThat(present(GrowthTable.USUAL_RATE)).isGreaterThan(0.999);
    }

    @Test
    void atATenthOfItMessagesWouldBeLimitedByEvents() {
        assertThat(present(GrowthTable.USUAL_RATE / 10)).isLessThan(0.75);
    }
}
