package dev.lastmile.benchmarks.throughput;

import java.time.Duration;

/** A way to do the job, or a part of it. */
interface Contestant {

    /** A run that takes longer has failed. */
    Duration LIMIT = Duration.ofMinutes(20);

    /** The name in tables. */
    String label();

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
