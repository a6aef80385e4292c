package dev.lastmile.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lastmile.benchmarks.process.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PassageTest {

    /** Of processor time, consumed records and messages; the rest does not matter here. */
    private static Reading reading(long processorNanos, long consumed, long deltas) {
        return new Reading(processorNanos, consumed, deltas);
    }

    @Test
    void onlyWhatWasDoneBetweenTheReadingsCounts() {
        Passage passage = new Passage(
                List.of(reading(1_000_000_000, 100, 7), reading(5_000_000_000L, 1_000, 70)),
                List.of(reading(2_000_000_000, 200, 8), reading(9_000_000_000L, 1_300, 90)),
                10,
                400);

        assertThat(passage.measurement()).isEqualTo(new Measurement(10, 5, 400, 1));
        assertThat(passage.deltas()).isEqualTo(21);
        assertThat(passage.shares()).containsExactly(0.75, 0.25);
        assertThat(passage.processorShares()).containsExactly(0.8, 0.2);
    }

    @Test
    void readingsOfOtherInstancesAreRefused() {
        List<Reading> one = List.of(reading(1, 1, 1));
        List<Reading> two = List.of(reading(1, 1, 1), reading(1, 1, 1));

        assertThatIllegalArgumentException().isThrownBy(() -> new Passage(one, two, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Passage(List.of(), List.of(), 1, 1));
    }
}
