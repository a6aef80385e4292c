package dev.lastmile.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadingTest {

    @Test
    void readingSurvivesItsLine() {
        Reading reading = new Reading(1, 5, 6);

        assertThat(Reading.of(reading.line())).isEqualTo(reading);
        assertThat(Reading.sum(List.of(reading, new Reading(1, 1, 1)))).isEqualTo(new Reading(2, 6, 7));
    }
}
