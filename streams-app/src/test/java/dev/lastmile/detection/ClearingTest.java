package dev.lastmile.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.detection.Finding.Change;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.ScoreHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * When an alarm ends, over seeded runs of a slice of a tenth of the traffic: not by chance, and soon after a recovery. Half of
 * the utterances are free of errors, the others' ten words are wrong with one probability.
 */
final class ClearingTest {

    private static final int RUNS = 200;
    private static final double HEALTHY = 0.1;
    private static final double DEGRADED = 0.25;

    /** At this rate of the slice the effect is just what an alarm must be shown to be below to end. */
    private static final double AT_CLEAR_EFFECT = HEALTHY + DetectionSettings.DEFAULT.clearEffect();

    @Test
    void anAlarmHardlyEverEndsWhileTheEffectIsStillAtTheClearingLevel() {
        int falseEnds = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            falseEnds += labelsToTheEnd(seed, AT_CLEAR_EFFECT, 2_000) < 2_000 ? 1 : 0;
        }

        assertThat(falseEnds / (double) RUNS).isLessThanOrEqualTo(0.05);
    }

    @Test
    void anAlarmEndsWithinSixHundredLabelsOfARecovery() {
        List<Integer> labels = new ArrayList<>();
        for (int seed = 0; seed < RUNS; seed++) {
            labels.add(labelsToTheEnd(seed, HEALTHY, 5_000));
        }

        labels.sort(null);
        assertThat(labels.get(RUNS / 2)).isLessThanOrEqualTo(600);
        assertThat(labels.get(0)).as("not at once: that would be no evidence").isGreaterThan(30);
    }

    /** Labels of the slice from when its rate falls to that given until a firing alarm ends; {@code most} if it does not. */
    private static int labelsToTheEnd(long seed, double rate, int most) {
        Random random = new Random(seed);
        SliceDetector detector = SliceDetector.start(DetectionSettings.DEFAULT, Scores.SCOTTISH, reference(), 0);
        double clock = 0;
        boolean firing = false;
        for (int labels = 0; labels < most; labels += firing ? 10 : 0) {
            clock += 100;
            List<Finding> findings = detector.observePair(
                    drawn(random, 10, firing ? rate : DEGRADED), drawn(random, 90, HEALTHY), Scores.look(clock, 0));
            for (Finding finding : findings) {
                if (finding.verdict() == Verdict.DISPARATE_DEGRADATION && finding.change() != Change.UPDATED) {
                    if (firing) {
                        return labels + 10;
                    }
                    firing = true;
                }
            }
        }
        return most;
    }

    /** The truth, as a baseline of very many labels would have it. */
    private static Reference reference() {
        double variance = drawn(new Random(-1), 100_000, HEALTHY).variance();
        SliceBaseline overall = new SliceBaseline(50_000, 50_000, 50_000, 500_000, HEALTHY, variance);
        SliceBaseline slice = new SliceBaseline(5_000, 5_000, 5_000, 50_000, HEALTHY, variance);
        return Scores.baseline(Map.of(Slice.OVERALL, overall, Scores.SCOTTISH, slice))
                .referenceFor(Scores.SCOTTISH, 200)
                .orElseThrow();
    }

    private static ScoreHistogram drawn(Random random, int utterances, double mean) {
        ScoreHistogram scores = new ScoreHistogram();
        for (int i = 0; i < utterances; i++) {
            int wrong = 0;
            if (random.nextBoolean()) {
                for (int word = 0; word < 10; word++) {
                    wrong += random.nextDouble() < 2 * mean ? 1 : 0;
                }
            }
            scores.add(2 * wrong, 1);
        }
        return scores;
    }
}
