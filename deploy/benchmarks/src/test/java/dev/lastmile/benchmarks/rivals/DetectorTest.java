package dev.lastmile.benchmarks.rivals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class DetectorTest {

    private static final int CHANGE = 5_000;

    private static final List<Supplier<Detector>> ALL =
            List.of(() -> Detector.adwin(0.002), () -> Detector.pageHinkley(50), () -> Detector.ddm(3));

    /** Scores of 0 and 1 with a mean of .2, and another from the 5,000th on; the index of the first detection after it. */
    private static int firstDetection(Detector detector, double after) {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2 * CHANGE; i++) {
            double mean = i < CHANGE ? 0.2 : after;
            if (detector.input(random.nextDouble() < mean ? 1 : 0) && i >= CHANGE) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    @Test
    void eachFindsAChangeForTheWorse() {
        for (Supplier<Detector> one : ALL) {
            assertThat(firstDetection(one.get(), 0.5)).isBetween(CHANGE, CHANGE + 3_000);
        }
    }

    @Test
    void noneCallsAChangeForTheBetterWorse() {
        for (Supplier<Detector> one : ALL) {
            assertThat(firstDetection(one.get(), 0.05)).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void knobsTurnTheRightWay() {
        DoubleFunction<Detector> adwin = knob -> Detector.adwin(Math.pow(10, -knob));

        assertThat(firstDetection(adwin.apply(1), 0.3)).isLessThanOrEqualTo(firstDetection(adwin.apply(6), 0.3));
        assertThat(firstDetection(Detector.pageHinkley(20), 0.3))
                .isLessThan(firstDetection(Detector.pageHinkley(80), 0.3));
        assertThat(firstDetection(Detector.ddm(2), 0.3)).isLessThanOrEqualTo(firstDetection(Detector.ddm(5), 0.3));
    }
}
