package dev.lastmile.benchmarks.sizing;

import java.time.Duration;

/**
 * What was not measured: guesses of how much more than the mean one should have, and habits of Kafka and RocksDB. Change them
 * where you know better.
 *
 * @param peakToMean events in the busiest minutes over those of the mean
 * @param utilisation share of processors that may be busy at the peak: the rest is for catching up, compaction and the JVM
 * @param diskFill share of a disk that may be full
 * @param compactionRoom what RocksDB takes while it compacts, over what it takes at rest
 * @param changelogSlack what a compacted topic takes at most, over what is of use in it: 1 / (1 − {@code
 *     min.cleanable.dirty.ratio}), 2 at Kafka's default of one half
 * @param compressedTo what lz4 leaves of cells, messages and statistics
 * @param followerShare processor time of a replica that follows, over that of the leader
 * @param markerMicros processor time of a broker to end a transaction in one partition, µs
 * @param imbalance of deployments on the busiest instance over the mean, since they are placed by a hash
 * @param baseHeapMiB Java heap of an instance before any slice or deployment
 * @param partitionsAThread so that more instances can be added without making topics anew
 * @param leastInstances so that one may fail
 * @param restoreWithin a new instance with an empty disk has its state back within this time
 */
record Headroom(
        double peakToMean,
        double utilisation,
        double diskFill,
        double compactionRoom,
        double changelogSlack,
        double compressedTo,
        double followerShare,
        double markerMicros,
        double imbalance,
        int baseHeapMiB,
        int partitionsAThread,
        int leastInstances,
        Duration restoreWithin) {

    /** What the page uses. */
    static final Headroom USUAL = new Headroom(3, 0.6, 0.7, 1.5, 2, 0.5, 0.5, 20, 1.3, 512, 2, 2, Duration.ofHours(4));

    Headroom {
        requireAtLeastOne("peakToMean", peakToMean);
        requireShare("utilisation", utilisation);
        requireShare("diskFill", diskFill);
        requireAtLeastOne("compactionRoom", compactionRoom);
        requireAtLeastOne("changelogSlack", changelogSlack);
        requireShare("compressedTo", compressedTo);
        if (!(followerShare >= 0)) {
            throw new IllegalArgumentException("followerShare must be >= 0: " + followerShare);
        }
        if (!(markerMicros >= 0)) {
            throw new IllegalArgumentException("markerMicros must be >= 0: " + markerMicros);
        }
        requireAtLeastOne("imbalance", imbalance);
        requireAtLeastOne("baseHeapMiB", baseHeapMiB);
        requireAtLeastOne("partitionsAThread", partitionsAThread);
        requireAtLeastOne("leastInstances", leastInstances);
        if (restoreWithin.toMillis() < 1) {
            throw new IllegalArgumentException("restoreWithin must be >= PT0.001S: " + restoreWithin);
        }
    }

    private static void requireAtLeastOne(String name, double value) {
        if (!(value >= 1 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be >= 1 and finite: " + value);
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be in (0, 1]: " + value);
        }
    }

    /** With another load: a peak over the mean, and the share of processors that are busy then. */
    Headroom withLoad(double newPeakToMean, double newUtilisation) {
        return new Headroom(
                newPeakToMean,
                newUtilisation,
                diskFill,
                compactionRoom,
                changelogSlack,
                compressedTo,
                followerShare,
                markerMicros,
                imbalance,
                baseHeapMiB,
                partitionsAThread,
                leastInstances,
                restoreWithin);
    }
}
