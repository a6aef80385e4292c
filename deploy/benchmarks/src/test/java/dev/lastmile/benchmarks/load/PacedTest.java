package dev.lastmile.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PacedTest {

    @Test
    void eventsComeNoFasterThanTheirRateAndAllOfThemCome() {
        Load load = Load.usual(Pattern.NEAR, 200, 1_790_000_000_000L, 1);
        Sums sums = new Sums();
        long startNanos = System.nanoTime();

        Paced paced = new Paced(sums.counting(load.shape().slices()), 2_000);
        load.replay(paced);
        long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        double achievedPerSecond = paced.achievedPerSecond();

        Sums expected = load.expected();
        assertThat(sums.events()).isEqualTo(expected.events());
        assertThat(expected.differenceFrom(sums)).isEmpty();
        // The last event is due a two-thousandth of a second before, and may come a tick early.
        long leastMs = expected.events() / 2 - 2;
        assertThat(tookMs).isGreaterThanOrEqualTo(leastMs);
        assertThat(achievedPerSecond).isLessThan(2_100);
    }
}
