package dev.lastmile.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTest {

    @Test
    void medianIsTheMiddleOneOrTheMeanOfTheMiddleTwo() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.5))).isEqualTo(new Spread(1, 2.5, 3));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(1, 2.5, 4));
    }

    @Test
    void oneRoundIsOneNumber() {
        assertThat(Spread.of(List.of(1.234)).text("%.2f")).isEqualTo("1.23");
        assertThat(Spread.of(List.of(1.0, 2.0, 3.0)).text("%.1f")).isEqualTo("1.0 – 2.0 – 3.0");
    }

    @Test
    void boundIsShownAsItWasSet() {
        assertThat(Spread.bound(1.25)).isEqualTo("1.25");
        assertThat(Spread.bound(10)).isEqualTo("10");
    }

    @Test
    void noRoundsAndNotANumberAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of(Double.NaN)));
    }
}
