package dev.lastmile.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LookUpPatienceTest {

    private final LookUpPatience patience = new LookUpPatience();
    private long nanos = Long.MAX_VALUE - 5;

    private void waitFor(Duration time, boolean isThere) {
        long started = nanos;
        nanos += time.toNanos();
        patience.answered(
                started, isThere ? nanos : nanos + Duration.ofSeconds(5).toNanos());
        patience.waited(started, nanos, isThere);
    }

    @Test
    void afterAnAnswerThatDidNotComeInTimeNobodyWaitsUntilOneDoes() {
        assertThat(patience.isAny(nanos)).isTrue();
        waitFor(LookUpPatience.MOST, false);
        nanos += Duration.ofHours(1).toNanos();
        assertThat(patience.isAny(nanos)).isFalse();

        patience.answered(nanos - Duration.ofMillis(5).toNanos(), nanos);
        assertThat(patience.isAny(nanos)).isTrue();
    }

    @Test
    void aRegistryThatAnswersSlowlyTakesFiveSecondsAtOnceAndThenATenthOfTheTime() {
        Duration slow = Duration.ofMillis(1_500);
        long start = nanos;
        Duration waited = Duration.ZERO;
        while (nanos - start < Duration.ofHours(1).toNanos()) {
            if (patience.isAny(nanos)) {
                waitFor(slow, true);
                waited = waited.plus(slow);
            } else {
                nanos += Duration.ofMillis(100).toNanos();
            }
        }

        assertThat(waited)
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6).plusSeconds(10));
    }
}
