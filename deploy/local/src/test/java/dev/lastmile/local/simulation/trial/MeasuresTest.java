package dev.lastmile.local.simulation.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class MeasuresTest {

    /** Ranks of the binomial distribution: P(X ≤ 13) = .0192 and P(X ≤ 14) = .0403 for X ~ B(40, ½). */
    @Test
    void theMedianOfFortyRunsLiesBetweenTheFourteenthAndTheTwentySeventh() {
        Delay delay = Delay.over(delays(40, 40));

        assertThat(delay.median()).hasValue(20);
        assertThat(delay.p90()).hasValue(36);
        assertThat(delay.lower()).hasValue(14);
        assertThat(delay.upper()).hasValue(27);
    }

    @Test
    void aRunWithoutDetectionTookLongerThanAllOthers() {
        Delay delay = Delay.over(delays(40, 30));

        assertThat(delay.happened()).isEqualTo(30);
        assertThat(delay.median()).hasValue(20);
        assertThat(delay.p90()).isEmpty();
    }

    @Test
    void fewRunsHaveNoUpperEnd() {
        Delay delay = Delay.over(delays(5, 5));

        assertThat(delay.median()).hasValue(3);
        assertThat(delay.upper()).isEmpty();
    }

    @Test
    void noRunsSayNothing() {
        assertThat(Delay.over(List.of()).median()).isEmpty();
    }

    /** Garwood's interval for 10 events: 4.795 to 18.390; for none: 0 to 3.689. */
    @Test
    void theIntervalOfARateIsThatOfAPoissonNumber() {
        AlarmRate ten = new AlarmRate(10, 100_000, 4);
        AlarmRate none = new AlarmRate(0, 100_000, 0);

        assertThat(ten.interval().lower()).isCloseTo(4.795, within(0.001));
        assertThat(ten.interval().upper()).isCloseTo(18.390, within(0.001));
        assertThat(none.interval().lower()).isZero();
        assertThat(none.interval().upper()).isCloseTo(3.689, within(0.001));
    }

    @Test
    void theIntervalHasNoJumpWhereItsFormulaChanges() {
        AlarmRate exact = new AlarmRate(200, 100_000, 1);
        AlarmRate close = new AlarmRate(201, 100_000, 1);

        assertThat(close.interval().lower() - exact.interval().lower()).isCloseTo(1, within(0.1));
        assertThat(close.interval().upper() - exact.interval().upper()).isCloseTo(1, within(0.1));
    }

    private static List<OptionalLong> delays(int runs, int happened) {
        List<OptionalLong> delays = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            delays.add(run <= happened ? OptionalLong.of(run) : OptionalLong.empty());
        }
        return delays;
    }
}
