package dev.lastmile.benchmarks.latency;

import java.util.List;

/**
 * What was seen at one rate.
 *
 * @param percent of the maximum rate
 * @param askedPerSecond events that were to be sent
 * @param sentPerSecond events that were sent
 * @param caughtUpSeconds after the last event had been sent, until all were counted: much more than at low rates means that
 *     the monitor could not keep up
 * @param journeys one a victim
 */
record LatencySample(
        int percent, double askedPerSecond, double sentPerSecond, double caughtUpSeconds, List<Journey> journeys) {

    LatencySample {
        journeys = List.copyOf(journeys);
    }

    /** From the ground truth to the alert, in milliseconds. */
    Percentiles latency() {
        return Percentiles.of(journeys.stream().mapToLong(Journey::latencyMs));
    }
}
