package dev.lastmile.benchmarks.footprint;

import dev.lastmile.benchmarks.load.Content;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What waiting inferences of one content took.
 *
 * @param content what customers say
 * @param waiting how many inferences
 * @param truths ground truths in each of the phases of work that came after
 * @param whileWaiting memory of the instance that took them in, once all waited
 * @param afterWork memory of the instance that brought them back and then joined ground truths
 * @param diskBytes of the join's store, closed
 * @param changelogBytes of its changelog on the broker
 * @param inputBytes of the inferences themselves on the broker
 * @param truthBytes of the ground truths of all phases on the broker
 * @param startUps in the order in which they came
 */
record FootprintSample(
        Content content,
        long waiting,
        long truths,
        ProcessMemory whileWaiting,
        ProcessMemory afterWork,
        long diskBytes,
        long changelogBytes,
        long inputBytes,
        long truthBytes,
        List<StartUp> startUps) {

    FootprintSample {
        if (waiting < 1) {
            throw new IllegalArgumentException("waiting must be >= 1: " + waiting);
        }
        startUps = List.copyOf(startUps);
    }

    /** Entries a second in the first start that read them back; empty where it went too fast to be seen. */
    OptionalDouble restoreRate() {
        return startUps.stream()
                .filter(startUp -> startUp.entries() > 0)
                .findFirst()
                .map(StartUp::entriesPerSecond)
                .orElse(OptionalDouble.empty());
    }

    double perInference(long bytes) {
        return bytes / (double) waiting;
    }

    double perTruth(long bytes) {
        return bytes / (double) (truths * Footprint.PHASES);
    }
}
