package dev.lastmile.topology.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {

    private static final TopicPartition LARGE = new TopicPartition("large", 0);
    private static final TopicPartition SMALL = new TopicPartition("small", 0);

    private final ReadAhead ahead = new ReadAhead(100);

    private Runnable handOut(TopicPartition partition, long bytes) {
        return ahead.handOut(partition, bytes);
    }

    @Test
    void nobodyWaitsUpToTheLimit() {
        handOut(LARGE, 100).run();
        handOut(LARGE, 100);

        assertThat(ahead.isOver()).isFalse();
        assertThat(ahead.waiting()).isEmpty();
    }

    @Test
    void beyondItThoseWaitThatHaveMoreThanAnEqualShare() {
        handOut(SMALL, 50);
        Runnable first = handOut(LARGE, 30);
        handOut(LARGE, 21);
        assertThat(ahead.waiting()).containsExactly(LARGE);

        first.run();

        assertThat(ahead.waiting()).isEmpty();
        assertThat(ahead.bytes()).isEqualTo(71);
    }

    @Test
    void whatWasTakenAwayCountsNoLongerAlsoWhenItIsWorkedOffAfterwards() {
        Runnable stale = handOut(LARGE, 1_000);
        ahead.forget(List.of(LARGE));
        assertThat(ahead.bytes()).isZero();

        handOut(LARGE, 7);
        stale.run();

        assertThat(ahead.bytes()).isEqualTo(7);
    }

    @Test
    void whatWasThrownAwayUnseenDoesNotHoldUpReadingForEver() {
        handOut(LARGE, 1_000);
        for (int poll = 0; poll < 9; poll++) {
            ahead.foundNothing();
        }
        handOut(SMALL, 1).run();
        ahead.foundNothing();
        assertThat(ahead.isOver()).as("somebody worked meanwhile").isTrue();

        for (int poll = 0; poll < 10; poll++) {
            ahead.foundNothing();
        }

        assertThat(ahead.isOver()).isFalse();
    }

    /** Partitions that do not wait are read, one record each; whatever is ahead is worked off, oldest first. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neverIsMoreAheadThanTheLimitAndAPollAndEverythingIsWorkedOff(long seed) {
        Random random = new Random(seed);
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < 8; partition++) {
            partitions.add(new TopicPartition("topic", partition));
        }
        Deque<Runnable> queue = new ArrayDeque<>();
        int mostOfARecord = 60;
        for (int poll = 0; poll < 2_000; poll++) {
            List<TopicPartition> reading = new ArrayList<>(partitions);
            reading.removeAll(ahead.waiting());
            reading.forEach(partition -> queue.add(handOut(partition, 1 + random.nextInt(mostOfARecord))));
            assertThat(ahead.bytes()).isLessThanOrEqualTo(100 + (long) mostOfARecord * partitions.size() * 2);
            for (int worked = random.nextInt(12); worked >= 0 && !queue.isEmpty(); worked--) {
                queue.remove().run();
            }
        }
        queue.forEach(Runnable::run);

        assertThat(ahead.bytes()).isZero();
        assertThat(ahead.waiting()).isEmpty();
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReadAhead(0))
                .withMessage("mostBytes must be >= 1: 0");
    }
}
