package dev.lastmile.local.simulation.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.stats.ScoreHistogram;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ErrorFamilyTest {

    @ParameterizedTest
    @EnumSource(ErrorFamily.class)
    void everyMeanAskedForIsTheMean(ErrorFamily family) {
        for (double mean : new double[] {0.08, 0.13, 0.26, 0.46}) {
            assertThat(family.withMean(mean).mean()).isCloseTo(mean, within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"WORDS, .13, .045", "ANSWERS, .13, .1131", "HEAVY, .13, .029"})
    void variancesAreThoseOfTheKind(ErrorFamily family, double mean, double variance) {
        assertThat(family.withMean(mean).variance()).isCloseTo(variance, within(0.004));
    }

    @ParameterizedTest
    @EnumSource(ErrorFamily.class)
    void scoresThatAreDrawnHaveTheMeanAndVarianceOfTheirDistribution(ErrorFamily family) {
        ScoreDistribution scores = family.withMean(0.13);
        AliasTable table = scores.table();
        SplittableRandom random = new SplittableRandom(1);
        ScoreHistogram drawn = new ScoreHistogram();
        for (int i = 0; i < 200_000; i++) {
            drawn.add(table.draw(random), 1);
        }

        assertThat(drawn.mean()).isCloseTo(scores.mean(), within(0.003));
        assertThat(drawn.variance()).isCloseTo(scores.variance(), within(0.002));
    }

    @Test
    void answersAreRightOrWrong() {
        ScoreDistribution answers = ErrorFamily.ANSWERS.withMean(0.2);

        assertThat(answers.probability(0)).isCloseTo(0.8, within(1e-9));
        assertThat(answers.probability(20)).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void halfOfUsualUtterancesAreFreeOfErrorsAndSomeAreWhollyWrong() {
        ScoreDistribution words = ErrorFamily.WORDS.withMean(0.13);

        assertThat(words.probability(0)).isBetween(0.45, 0.75);
        assertThat(words.probability(20)).isGreaterThan(0.004);
    }

    @Test
    void heavyErrorsHaveAHeavyTail() {
        ScoreDistribution heavy = ErrorFamily.HEAVY.withMean(0.13);

        assertThat(heavy.probability(20)).isGreaterThan(0.01);
        assertThat(heavy.probability(0) + heavy.probability(1)).isGreaterThan(0.4);
    }

    @Test
    void aMeanBeyondReachIsRefusedWithTheReach() {
        assertThatThrownBy(() -> ErrorFamily.ANSWERS.withMean(1.1))
                .isInstanceOf(UnreachableMean.class)
                .hasMessageContaining("1.100")
                .hasMessageContaining("0.000 to 1.000");
    }
}
