package dev.lastmile.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PercentilesTest {

    private static Percentiles upTo(int n) {
        return Percentiles.of(LongStream.rangeClosed(1, n));
    }

    @Test
    void percentileIsTheNearestRankAndNeverMadeUp() {
        assertThat(Percentiles.of(LongStream.of(30, 10, 20)).at(0.5)).isEqualTo(20);
        assertThat(upTo(100).at(0.99)).isEqualTo(99);
        assertThat(upTo(101).at(0.99)).isEqualTo(100);
        assertThat(upTo(4).at(0.5)).isEqualTo(2);
        assertThat(upTo(1).at(0.99)).isEqualTo(1);
    }

    /** 299 and 473 are the sizes that tables of Wilks's tolerance limits give for 99 % at 95 % confidence. */
    @Test
    void percentileOfTheDistributionIsBoundedOnlyByEnoughMeasurements() {
        assertThat(upTo(298).upperBound(0.99)).isEmpty();
        assertThat(upTo(299).upperBound(0.99)).hasValue(299);
        assertThat(upTo(472).upperBound(0.99)).hasValue(472);
        assertThat(upTo(473).upperBound(0.99)).hasValue(472);
        assertThat(upTo(5).upperBound(0.5)).hasValue(5);
        assertThat(upTo(4).upperBound(0.5)).isEmpty();
    }

    @Test
    void boundIsNotBelowThePercentileSeen() {
        for (int n = 299; n < 5_000; n += 97) {
            Percentiles its = upTo(n);

            assertThat(its.upperBound(0.99).orElseThrow()).isBetween(its.at(0.99), its.max());
        }
    }

    @Test
    void nothingMeasuredIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> upTo(0));
        assertThatIllegalArgumentException().isThrownBy(() -> upTo(1).at(1));
    }
}
