package dev.lastmile.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {

    private static final TopicPartition SLOW = new TopicPartition("lastmile-join-changelog", 0);
    private static final TopicPartition STUCK = new TopicPartition("lastmile-deployments-changelog", 2);

    private final AtomicLong nanos = new AtomicLong();
    private final RestoreProgress restore = new RestoreProgress(nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void whatComesSlowlyIsNotStuckAndWhatStoppedComingIs() {
        restore.onRestoreStart(SLOW, "join", 0, 1_000);
        restore.onRestoreStart(STUCK, "deployments", 312, 2_714);
        for (int i = 1; i <= 3; i++) {
            pass(Duration.ofSeconds(10).minusNanos(1));
            restore.onBatchRestored(SLOW, "join", i, 1);
            assertThat(restore.stuck()).isEmpty();
        }

        pass(Duration.ofSeconds(1));

        assertThat(restore.stuck()).contains(STUCK);
        assertThat(restore.remainingRecords()).isEqualTo(997 + 2_402);
        restore.onBatchRestored(STUCK, "deployments", 2_714, 2_402);
        assertThat(restore.stuck()).isEmpty();
    }

    @Test
    void whatHasEndedOrWasGivenAwayIsNotStuck() {
        restore.onRestoreStart(SLOW, "join", 0, 1_000);
        restore.onRestoreStart(STUCK, "deployments", 0, 10);
        restore.onRestoreEnd(SLOW, "join", 1_000);
        restore.onRestoreSuspended(STUCK, "deployments", 3);
        pass(Duration.ofMinutes(5));

        assertThat(restore.stuck()).isEmpty();
        assertThat(restore.isRestoring()).isFalse();
    }
}
