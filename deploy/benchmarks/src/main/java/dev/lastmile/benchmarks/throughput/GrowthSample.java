package dev.lastmile.benchmarks.throughput;

import java.util.List;

/**
 * What a step took in one round.
 *
 * @param step which
 * @param round from 1
 * @param measurement wall clock, and processor time of all instances together
 * @param deltas messages from the first stage to the second
 * @param shares of the records, one an instance, greatest first; 0-1
 * @param processorShares of the processor time, likewise
 */
record GrowthSample(
        Step step, int round, Measurement measurement, long deltas, List<Double> shares, List<Double> processorShares) {

    GrowthSample {
        shares = List.copyOf(shares);
        processorShares = List.copyOf(processorShares);
    }

    double deltasPerSecond() {
        return deltas / measurement.seconds();
    }
}
