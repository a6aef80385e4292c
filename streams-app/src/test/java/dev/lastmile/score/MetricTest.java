package dev.lastmile.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.stats.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MetricTest {

    @ParameterizedTest
    @EnumSource
    void aNameOnTheWireNamesOneMetric(Metric metric) {
        assertThat(Metric.parse(metric.wireName())).isEqualTo(metric);
    }

    @Test
    void anyOtherNameIsRefused() {
        assertThatThrownBy(() -> Metric.parse("wer")).hasMessage("unknown metric: wer");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WORD_ERROR_RATE")
    void aShareOfTrialsEndsAtOne(Metric metric) {
        assertThat(metric.possible(new Interval(0.8, 1.3))).isEqualTo(new Interval(0.8, 1));
    }

    @Test
    void aWordErrorRateMayPassOne() {
        assertThat(Metric.WORD_ERROR_RATE.possible(new Interval(0.8, 1.3))).isEqualTo(new Interval(0.8, 1.3));
    }
}
