package dev.lastmile.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PaceTest {

    @Test
    void aRecordGoesAtItsOwnTimeAndAtOnceWhenThatIsOver() {
        assertThat(Pace.waitMs(1_000, 400, 0)).isEqualTo(600);
        assertThat(Pace.waitMs(1_000, 1_000, 0)).isZero();
        assertThat(Pace.waitMs(1_000, 9_000, Pace.MOST_AHEAD - 1)).isZero();
    }

    @Test
    void aRecordIsHeldBackWhileTheMonitorIsTooFarBehindHoweverLateItGets() {
        assertThat(Pace.waitMs(1_000, 1_000, Pace.MOST_AHEAD)).isPositive();
        assertThat(Pace.waitMs(1_000, 900_000, Pace.MOST_AHEAD)).isPositive();
    }
}
