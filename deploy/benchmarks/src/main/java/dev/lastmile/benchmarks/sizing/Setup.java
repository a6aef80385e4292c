package dev.lastmile.benchmarks.sizing;

import java.time.Duration;

/**
 * How monitor and brokers are set up.
 *
 * @param replicationFactor of every topic
 * @param standbys copies of each task's state on other instances
 * @param inputRetention how long input topics keep records
 * @param commitInterval {@code drainInterval} in the configuration
 * @param threadsAnInstance {@code state.threads} in the configuration, and processors of an instance
 * @param singleOutputs whether topics for dead letters, statistics and alerts are made beforehand with one partition each; the
 *     monitor itself gives them as many as the inputs have
 * @param heapMiB the least Java heap of an instance
 * @param storesMiB {@code state.memory} in the configuration
 */
record Setup(
        int replicationFactor,
        int standbys,
        Duration inputRetention,
        Duration commitInterval,
        int threadsAnInstance,
        boolean singleOutputs,
        int heapMiB,
        int storesMiB) {

    /** As the manifests for Kubernetes and the script for topics have it. */
    static final Setup USUAL = new Setup(3, 1, Duration.ofDays(14), Duration.ofSeconds(1), 2, false, 1_024, 256);

    Setup {
        requireAtLeast("replicationFactor", replicationFactor, 1);
        requireAtLeast("standbys", standbys, 0);
        requireAtLeast("threadsAnInstance", threadsAnInstance, 1);
        requireAtLeast("heapMiB", heapMiB, 1);
        requireAtLeast("storesMiB", storesMiB, 1);
        if (inputRetention.isNegative()) {
            throw new IllegalArgumentException("inputRetention must be >= PT0S: " + inputRetention);
        }
        if (commitInterval.toMillis() < 1) {
            throw new IllegalArgumentException("commitInterval must be >= PT0.001S: " + commitInterval);
        }
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be >= " + least + ": " + value);
        }
    }

    Setup withReplication(int factor) {
        return new Setup(
                factor, standbys, inputRetention, commitInterval, threadsAnInstance, singleOutputs, heapMiB, storesMiB);
    }

    Setup withStandbys(int number) {
        return new Setup(
                replicationFactor,
                number,
                inputRetention,
                commitInterval,
                threadsAnInstance,
                singleOutputs,
                heapMiB,
                storesMiB);
    }

    Setup withCommitInterval(Duration interval) {
        return new Setup(
                replicationFactor,
                standbys,
                inputRetention,
                interval,
                threadsAnInstance,
                singleOutputs,
                heapMiB,
                storesMiB);
    }

    Setup withThreads(int threads) {
        return new Setup(
                replicationFactor,
                standbys,
                inputRetention,
                commitInterval,
                threads,
                singleOutputs,
                heapMiB,
                storesMiB);
    }

    Setup withSingleOutputs() {
        return new Setup(
                replicationFactor,
                standbys,
                inputRetention,
                commitInterval,
                threadsAnInstance,
                true,
                heapMiB,
                storesMiB);
    }

    Setup withHeap(int mebibytes) {
        return new Setup(
                replicationFactor,
                standbys,
                inputRetention,
                commitInterval,
                threadsAnInstance,
                singleOutputs,
                mebibytes,
                storesMiB);
    }

    double commitSeconds() {
        return commitInterval.toMillis() / 1_000.0;
    }
}
