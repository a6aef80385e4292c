package dev.lastmile.benchmarks.throughput.contestant;

import java.time.Duration;
import java.util.List;

/** A way to do the job, or a part of it. */
public interface Contestant {

    /** A run that takes longer has failed. */
    Duration LIMIT = Duration.ofMinutes(20);

    /** File names of the libraries that bring RocksDB begin so. Their classes have the same names: no JVM may see both. */
    String KAFKA_STREAMS_ROCKSDB = "rocksdbjni-";

    /** Flink's own; see {@link #KAFKA_STREAMS_ROCKSDB}. */
    String FLINK_ROCKSDB = "frocksdbjni-";

    /** The name in tables. */
    String label();

    /** Options that its JVM needs beside those that all have. */
    default List<String> javaOptions() {
        return List.of();
    }

    /** The beginning of the file name of the library that its JVM must not see. */
    default String hiddenLibrary() {
        return FLINK_ROCKSDB;
    }

    /**
     * Starts to work off the load.
     *
     * @return the work, to be asked and in the end stopped
     */
    Running start(Stage stage);

    /** A contestant at work. */
    interface Running extends AutoCloseable {

        /** Whether all of the load is done. */
        boolean isDone();

        /** Why what was counted is not right; empty where it is. */
        String difference();

        @Override
        void close();
    }
}
