package dev.lastmile.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.detection.Finding.Change;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.ScoreHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * When an alarm ends, over seeded runs of a slice of a tenth of the traffic: not by chance, and soon after a recovery. Words:
 * half of the utterances are free of errors, the others' ten words are wrong with one probability. Answers: right or wrong.
 */
final class ClearingTest {

    private static final int RUNS = 200;
    private static final double HEALTHY = 0.1;

    /** So long an alarm fires at the full effect that the effect is known: labels of the slice. */
    private static final int SUFFERED = 3_000;

    private enum Family {
        WORDS,
        ANSWERS;

        ScoreHistogram draw(Random random, int n, double rate) {
            return switch (this) {
                case WORDS -> drawn(random, n, rate);
                case ANSWERS -> Scores.drawn(random, n, rate);
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void anAlarmHardlyEverEndsWhileASmallEffectIsStillAtTheClearingEffect(Family family) {
        double atClearEffect = DetectionSettings.DEFAULT.clearEffect();

        assertThat(falseEnds(family, 0.05, atClearEffect)).isLessThanOrEqualTo(0.05);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void anAlarmHardlyEverEndsWhileHalfOfALargeEffectIsLeft(Family family) {
        assertThat(falseEnds(family, 0.16, 0.08)).isLessThanOrEqualTo(0.05);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void anAlarmEndsWithinSixHundredLabelsOfARecoveryFromTenPoints(Family family) {
        List<Integer> labels = new ArrayList<>();
        for (int seed = 0; seed < RUNS; seed++) {
            labels.add(labelsToTheEnd(family, seed, 0.1, 0, 5_000));
        }

        labels.sort(null);
        assertThat(labels.get(RUNS / 2)).isLessThanOrEqualTo(600);
        assertThat(labels.get(0)).as("not at once: that would be no evidence").isGreaterThan(30);
    }

    private static double falseEnds(Family family, double effect, double left) {
        int ends = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            ends += labelsToTheEnd(family, seed, effect, left, 2_000) < 2_000 ? 1 : 0;
        }
        return ends / (double) RUNS;
    }

    /** Labels of the slice from when its effect falls to what is left until a firing alarm ends; {@code most} if it does not. */
    private static int labelsToTheEnd(Family family, long seed, double effect, double left, int most) {
        Random random = new Random(seed);
        SliceDetector detector = SliceDetector.start(DetectionSettings.DEFAULT, Scores.SCOTTISH, reference(family), 0);
        double clock = 0;
        boolean firing = false;
        int suffered = 0;
        for (int labels = 0; labels < most; ) {
            clock += 100;
            suffered += firing ? 10 : 0;
            labels += suffered > SUFFERED ? 10 : 0;
            double worse = suffered > SUFFERED ? left : effect;
            List<Finding> findings = detector.observePair(
                    family.draw(random, 10, HEALTHY + worse), family.draw(random, 90, HEALTHY), Scores.look(clock, 0));
            for (Finding finding : findings) {
                if (finding.verdict() == Verdict.DISPARATE_DEGRADATION && finding.change() != Change.UPDATED) {
                    firing = finding.change() == Change.FIRED;
                    if (labels > 0) {
                        return labels;
                    }
                }
            }
        }
        return most;
    }

    /** The truth, as a baseline of very many labels would have it. */
    private static Reference reference(Family family) {
        double variance = family.draw(new Random(-1), 100_000, HEALTHY).variance();
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
