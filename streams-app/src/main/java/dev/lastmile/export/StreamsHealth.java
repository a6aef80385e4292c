package dev.lastmile.export;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the stream itself does, at one moment.
 *
 * @param state where the stream is in its life
 * @param threadsAlive stream threads that run
 * @param threadsFailed stream threads that died since the start, replaced or not
 * @param lagByTopic records between the end of a topic and what was read of it, summed over the partitions read here
 * @param recordsProcessed records processed since the start; never decreases
 * @param commitLatencySeconds mean time of a commit over the last half minute; absent when none was made
 * @param blockCacheBytes memory in the block cache all RocksDB stores share
 * @param restoringRecords records still to be read before state is complete
 * @param restoredRecords records of state that were read back since the start
 * @param inputTopicsNotLogAppendTime input topics whose timestamps the customer, not the broker, decides
 * @param customersIncomplete customers who are not read, since a topic, a right or the registry's word is missing
 * @param commandsUnaddressed commands since the start whose key names no deployment
 * @param statesGivenUp how often since the start a task's damaged state was deleted and read back
 * @param ahead what was read and is not worked off
 * @param lostOffsetsByTopic offsets since the start that the broker deleted before they were read
 * @param partitionsHeld partitions that are not read, since as many of their records as may wait for the schema registry
 */
public record StreamsHealth(
        State state,
        long threadsAlive,
        long threadsFailed,
        Map<String, Long> lagByTopic,
        long recordsProcessed,
        @Nullable Double commitLatencySeconds,
        long blockCacheBytes,
        long restoringRecords,
        long restoredRecords,
        long inputTopicsNotLogAppendTime,
        long customersIncomplete,
        long commandsUnaddressed,
        long statesGivenUp,
        Ahead ahead,
        Map<String, Long> lostOffsetsByTopic,
        long partitionsHeld) {

    /** The states of Kafka Streams, by its own names; a test holds the two lists together. */
    public enum State {
        CREATED,
        REBALANCING,
        RUNNING,
        PENDING_SHUTDOWN,
        NOT_RUNNING,
        PENDING_ERROR,
        ERROR
    }

    /**
     * What was read and is not worked off.
     *
     * @param bytes of records
     * @param partitionsWaiting partitions that are not read until some of it is worked off
     * @param times how often since the start some began to wait where none did
     */
    public record Ahead(long bytes, long partitionsWaiting, long times) {

        public static final Ahead NOTHING = new Ahead(0, 0, 0);
    }

    /** Nothing runs yet. */
    public static final StreamsHealth NOT_STARTED =
            new StreamsHealth(State.CREATED, 0, 0, Map.of(), 0, null, 0, 0, 0, 0, 0, 0, 0, Ahead.NOTHING, Map.of(), 0);

    public StreamsHealth {
        lagByTopic = Map.copyOf(lagByTopic);
        lostOffsetsByTopic = Map.copyOf(lostOffsetsByTopic);
    }
}
