package dev.lastmile.topology.damage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class DamagesTest {

    private static final TaskId TASK = new TaskId(0, 3);
    private static final TaskId OTHER = new TaskId(1, 3);
    private final ProcessorStateException damage =
            new ProcessorStateException("x", new RocksDBException("Corruption: block checksum mismatch"));

    private long nowMs = 1_700_000_000_000L;
    private final Damages damages = new Damages(() -> nowMs);

    @Test
    void damagedStateOfATaskIsGivenUp() {
        assertThat(damages.told(damage, TASK))
                .isInstanceOfSatisfying(TaskCorruptedException.class, told -> assertThat(told.corruptedTasks())
                        .containsExactly(TASK));
        assertThat(damages.count()).isEqualTo(1);
        assertThat(damages.isDiskFull()).isFalse();
    }

    @Test
    void notMoreOftenThanThreeTimesAnHour() {
        for (int i = 0; i < Damages.MOST_AN_HOUR; i++) {
            assertThat(damages.told(damage, TASK)).isInstanceOf(TaskCorruptedException.class);
            nowMs += TimeUnit.MINUTES.toMillis(10);
        }

        assertThat(damages.told(damage, TASK)).isSameAs(damage);
        assertThat(damages.told(damage, OTHER)).isInstanceOf(TaskCorruptedException.class);
        nowMs += TimeUnit.MINUTES.toMillis(30);
        assertThat(damages.told(damage, TASK)).isInstanceOf(TaskCorruptedException.class);
        assertThat(damages.told(damage, TASK)).isSameAs(damage);
    }

    @Test
    void aFullDiskIsNoDamageAndIsForgottenOnceItIsWrittenAgain() {
        ProcessorStateException full = new ProcessorStateException(
                "x",
                new RocksDBException(
                        "While appending to file", new Status(Status.Code.IOError, Status.SubCode.NoSpace, "")));

        assertThat(damages.told(full, TASK)).isSameAs(full);

        assertThat(damages.count()).isZero();
        assertThat(damages.isDiskFull()).isTrue();
        nowMs += Damages.FULL_FOR_MS;
        assertThat(damages.isDiskFull()).isFalse();
    }

    @Test
    void aFullDiskIsKnownByItsCodeAndByItsMessage() {
        assertThat(damages.isOfAFullDisk(new ProcessorStateException(
                        "x", new IOException("/state/000012.sst: No space left on device"))))
                .isTrue();
        assertThat(damages.isOfAFullDisk(damage)).isFalse();
        assertThat(damages.isOfAFullDisk(new ProcessorStateException("no cause")))
                .isFalse();
    }
}
