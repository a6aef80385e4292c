package dev.lastmile.topology.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.topology.bundle.BackPressure.Word;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackPressureTest {

    private long nanos;
    private final BackPressure pressure = new BackPressure(() -> nanos);

    private void pass(long seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void allConsumersAreToldTogetherAndItIsOverWhenNoneHoldsBack() {
        assertThat(pressure.report("one", 10, 0)).isEqualTo(Word.NOTHING);
        assertThat(pressure.report("one", 200, 2)).isEqualTo(Word.BEGINS);
        assertThat(pressure.report("two", 300, 1)).isEqualTo(Word.NOTHING);
        assertThat(pressure.bytes()).isEqualTo(500);
        assertThat(pressure.partitionsWaiting()).isEqualTo(3);

        assertThat(pressure.report("one", 20, 0)).isEqualTo(Word.NOTHING);
        assertThat(pressure.report("two", 30, 0)).isEqualTo(Word.IS_OVER);

        assertThat(pressure.bytes()).isEqualTo(50);
        assertThat(pressure.partitionsWaiting()).isZero();
        assertThat(pressure.times()).isEqualTo(1);
    }

    @Test
    void whatComesAndGoesIsCountedEachTimeAndLoggedOnceAMinute() {
        int lines = 0;
        for (int second = 0; second < 600; second++) {
            lines += pressure.report("one", 200, 1) == Word.NOTHING ? 0 : 1;
            lines += pressure.report("one", 20, 0) == Word.NOTHING ? 0 : 1;
            pass(1);
        }

        assertThat(pressure.times()).isEqualTo(600);
        assertThat(lines).isEqualTo(2 * 10);
    }
}
