package dev.lastmile.benchmarks.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundedTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.00449, 0.0045",
        "0.0582, 0.058",
        "1, 1",
        "1.234, 1.23",
        "2.34, 2.3",
        "9.97, 10",
        "1.9999, 2",
        "99.6, 100",
        "100, 100",
        "158.2, 158",
        "677.3, 680",
        "36512, '37,000'"
    })
    void twoFiguresAreSaidAndThreeAfterAOne(double value, String text) {
        assertThat(Rounded.number(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"999, 1 kB", "990, 990 B", "33000000, 33 MB", "1.19e12, 1.19 TB"})
    void bytesHaveTheUnitThatLeavesFewFigures(double value, String text) {
        assertThat(Rounded.bytes(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT0.14S, 0.14 s", "PT90S, 90 s", "PT13M, 13 min", "PT4H, 4 h"})
    void timeHasTheUnitPeopleUse(Duration duration, String text) {
        assertThat(Rounded.duration(duration)).isEqualTo(text);
    }
}
