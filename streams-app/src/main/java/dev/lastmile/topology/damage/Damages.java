package dev.lastmile.topology.damage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a task whose state cannot be read or written: Kafka Streams is told that it is corrupted, deletes it and reads it
 * back. Not again and again: more than {@value #MOST_AN_HOUR} times within an hour it is the disk, and the thread dies of it, which
 * ends the monitor in the end. A disk that is full is no damage. One for all tasks of a process; thread-safe.
 */
public final class Damages {

    /** The configuration key under which stores find it. */
    public static final String CONFIG = "lastmile.state.damages";

    /** Of one task. */
    static final int MOST_AN_HOUR = 3;

    /** A disk counts as full for this long after something could not be written. */
    static final long FULL_FOR_MS = TimeUnit.SECONDS.toMillis(30);

    private static final Logger LOG = LoggerFactory.getLogger(Damages.class);
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);

    private final LongSupplier nowMs;
    private final Map<TaskId, Deque<Long>> recent = new HashMap<>();
    private long count;
    private long fullUntilMs = Long.MIN_VALUE;

    /**
     * Nothing was damaged yet.
     *
     * @param nowMs the time of the wall clock, epoch milliseconds
     */
    public Damages(LongSupplier nowMs) {
        this.nowMs = nowMs;
    }

    /** Those of the process a store is in; outside of a monitor, some that nobody asks for. */
    public static Damages in(Map<String, Object> configs) {
        return configs.get(CONFIG) instanceof Damages damages ? damages : new Damages(() -> 0);
    }

    /**
     * What is to be thrown instead of a failure of a store.
     *
     * @param task whose store it is
     */
    public synchronized RuntimeException told(ProcessorStateException failure, TaskId task) {
        if (isOfAFullDisk(failure)) {
            return failure;
        }
        long now = nowMs.getAsLong();
        Deque<Long> its = recent.computeIfAbsent(task, any -> new ArrayDeque<>());
        while (!its.isEmpty() && now - its.getFirst() >= HOUR_MS) {
            its.removeFirst();
        }
        if (its.size() >= MOST_AN_HOUR) {
            return failure;
        }
        its.addLast(now);
        count++;
        LOG.atWarn()
                .setCause(failure)
                .addKeyValue("task", task)
                .log("State on this machine is damaged; it is deleted and read back from its changelog");
        return new TaskCorruptedException(Set.of(task));
    }

    /** Whether a failure came from a disk without room, of which note is taken then. */
    public synchronized boolean isOfAFullDisk(Throwable failure) {
        boolean full = tellsOfAFullDisk(failure);
        if (full) {
            fullUntilMs = nowMs.getAsLong() + FULL_FOR_MS;
        }
        return full;
    }

    private static boolean tellsOfAFullDisk(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RocksDBException rocks
                    && rocks.getStatus() != null
                    && rocks.getStatus().getSubCode() == Status.SubCode.NoSpace) {
                return true;
            }
            String message = cause.getMessage();
            if (message != null && message.contains("No space left on device")) {
                return true;
            }
        }
        return false;
    }

    /** How often state was given up since the start. */
    public synchronized long count() {
        return count;
    }

    /** Whether something could not be written within the last half minute, because there was no room. */
    public synchronized boolean isDiskFull() {
        return nowMs.getAsLong() < fullUntilMs;
    }
}
