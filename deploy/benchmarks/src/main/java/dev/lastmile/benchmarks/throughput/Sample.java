package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.load.Pattern;

/**
 * What one contestant took in one round.
 *
 * @param pattern when ground truths came
 * @param round from 1
 * @param contestant its name in tables
 * @param measurement of its own process
 * @param brokerSeconds the broker's processor time a run, the runs to warm up included
 */
record Sample(Pattern pattern, int round, String contestant, Measurement measurement, double brokerSeconds) {

    private static final double MICROS = 1e6;

    double brokerMicrosPerEvent() {
        return brokerSeconds * MICROS / measurement.events();
    }
}
