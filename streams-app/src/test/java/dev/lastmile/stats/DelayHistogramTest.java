package dev.lastmile.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelayHistogramTest {

    @Test
    void medianIsRightWithinAFactorOfTwo() {
        for (long seconds : new long[] {1, 59, 3_600, 86_400, 604_800}) {
            DelayHistogram delays = new DelayHistogram();
            delays.add(0);
            for (int i = 0; i < 3; i++) {
                delays.add(seconds * 1_000);
            }

            assertThat(delays.medianSeconds().orElseThrow() + 1).isBetween((seconds + 1) / 2.0, (seconds + 1) * 2.0);
        }
    }

    @Test
    void withoutDelaysThereIsNoMedian() {
        assertThat(new DelayHistogram().medianSeconds()).isEmpty();
    }

    @Test
    void upperQuantileIsNoSmallerThanTheQuantileAndAtMostTwiceAsLarge() {
        DelayHistogram delays = new DelayHistogram();
        for (int seconds = 1; seconds <= 1_000; seconds++) {
            delays.add(1_000L * seconds);
        }

        assertThat(delays.upperQuantileSeconds(0.9).orElseThrow()).isBetween(900L, 1_800L);
        assertThat(delays.upperQuantileSeconds(1).orElseThrow()).isBetween(1_000L, 2_000L);
        assertThat(new DelayHistogram().upperQuantileSeconds(0.9)).isEmpty();
    }
}
