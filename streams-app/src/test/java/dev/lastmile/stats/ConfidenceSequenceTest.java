package dev.lastmile.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfidenceSequenceTest {

    @Test
    void halfWidthIsThatOfTheReference() {
        // Computed by two independent programs.
        double expected = 0.035974168934;

        assertThat(ConfidenceSequence.halfWidth(500, 0.22, 0.05, 1.0 / 500)).isCloseTo(expected, within(1e-11));
        assertThat(ConfidenceSequence.halfWidth(500, 0.22)).isCloseTo(expected, within(1e-11));
    }

    @Test
    void coversTheMeanAtEveryLookAtOnce() {
        Random random = new Random(7);
        int missed = 0;
        for (int run = 0; run < 200; run++) {
            double sum = 0;
            boolean covered = true;
            for (int n = 1; n <= 2_000; n++) {
                sum += random.nextDouble() < 0.3 ? 1 : 0;
                double half = ConfidenceSequence.halfWidth(n, Math.sqrt(0.21));
                covered &= n < 30 || Math.abs(sum / n - 0.3) <= half;
            }
            missed += covered ? 0 : 1;
        }

        assertThat(missed).isLessThanOrEqualTo(10);
    }

    @Test
    void refusesWhatHasNoInterval() {
        assertThatThrownBy(() -> ConfidenceSequence.halfWidth(0, 0.2)).hasMessage("n must be >= 1: 0");
        assertThatThrownBy(() -> ConfidenceSequence.halfWidth(1, Double.NaN)).hasMessage("sd must be >= 0: NaN");
        assertThatThrownBy(() -> ConfidenceSequence.halfWidth(1, 1, 1, 1)).hasMessage("alpha must be in (0, 1): 1.0");
        assertThatThrownBy(() -> ConfidenceSequence.halfWidth(1, 1, 0.5, 0)).hasMessage("q must be > 0: 0.0");
    }
}
