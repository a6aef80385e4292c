package dev.lastmile.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RatioSumsTest {

    private static RatioSums repeated(int times, long errors, long trials) {
        RatioSums sums = new RatioSums();
        for (int i = 0; i < times; i++) {
            sums.add(errors, trials, 1);
        }
        return sums;
    }

    @Test
    void ratioIsErrorsOverTrials() {
        RatioSums sums = new RatioSums();
        sums.add(1, 10, 1);
        sums.add(3, 6, 1);

        assertThat(sums.ratio()).hasValue(0.25);
    }

    @Test
    void intervalFollowsTheRatioEstimator() {
        RatioSums sums = repeated(60, 0, 1);
        sums.add(repeated(40, 1, 1));
        // Deviations: 60 of .4² and 40 of .6², and one of 1².
        double sd = Math.sqrt((60 * 0.16 + 40 * 0.36 + 1) / 101);
        double half = ConfidenceSequence.halfWidth(100, sd);

        Interval interval = sums.interval().orElseThrow();

        assertThat(interval.lower()).isCloseTo(0.4 - half, within(1e-12));
        assertThat(interval.upper()).isCloseTo(0.4 + half, within(1e-12));
    }

    @Test
    void longUtterancesWeighMore() {
        RatioSums steady = repeated(100, 2, 10);
        RatioSums mixed = repeated(50, 4, 19);
        mixed.add(repeated(50, 0, 1));

        Interval narrow = steady.interval().orElseThrow();
        Interval wide = mixed.interval().orElseThrow();

        assertThat(mixed.ratio()).isEqualTo(steady.ratio());
        assertThat(wide.upper()).isGreaterThan(narrow.upper());
    }

    @Test
    void noErrorIsNotCertainty() {
        Interval interval = repeated(1_000, 0, 1).interval().orElseThrow();

        assertThat(interval.lower()).isZero();
        assertThat(interval.upper()).isBetween(0.003, 0.0035);
    }

    @Test
    void moreErrorsThanWordsStayTrue() {
        RatioSums sums = repeated(500, 3, 2);

        assertThat(sums.ratio()).hasValue(1.5);
        assertThat(sums.interval().orElseThrow().upper()).isGreaterThan(1.5);
    }

    @Test
    void withoutTrialsThereIsNeitherRatioNorInterval() {
        RatioSums retracted = repeated(1, 1, 2);
        retracted.add(1, 2, -1);

        assertThat(new RatioSums().ratio()).isEmpty();
        assertThat(new RatioSums().interval()).isEmpty();
        assertThat(retracted.ratio()).isEmpty();
        assertThat(retracted.interval()).isEmpty();
    }
}
