package dev.lastmile.benchmarks.sizing;

import java.time.Duration;

/**
 * What a fleet runs on and under. The first five describe a cluster of brokers of middling size and are guesses, the rest are
 * the defaults of Lastmile and Kafka.
 *
 * @param brokers in the cluster
 * @param coresABroker processors of each
 * @param writtenBytesABroker what each can write a second, all replicas
 * @param replicasABroker of partitions, Kafka's rule of thumb
 * @param offsetsAPartition commits of offsets that a partition of {@code __consumer_offsets} takes a second: all of a group's
 *     go to one
 * @param seriesLimit {@code metrics.seriesLimit}
 * @param longestPause {@code max.poll.interval.ms}: a thread that is silent for longer loses its tasks
 * @param gatheredBytes of messages that a task of the second stage keeps until the commit, before compression
 * @param metadataEvery how often each thread's consumer asks for all topics
 * @param falsePagesADay that people put up with
 */
record Capacity(
        int brokers,
        int coresABroker,
        double writtenBytesABroker,
        int replicasABroker,
        double offsetsAPartition,
        int seriesLimit,
        Duration longestPause,
        double gatheredBytes,
        Duration metadataEvery,
        double falsePagesADay) {

    static final Capacity USUAL = new Capacity(
            12, 8, 100e6, 4_000, 50_000, 20_000, Duration.ofMinutes(5), 16 << 20, Duration.ofSeconds(10), 10);

    Capacity {
        if (brokers < 1 || coresABroker < 1 || replicasABroker < 1 || seriesLimit < 1) {
            throw new IllegalArgumentException("brokers, coresABroker, replicasABroker, seriesLimit must be >= 1: "
                    + brokers + ", " + coresABroker + ", " + replicasABroker + ", " + seriesLimit);
        }
    }
}
