package dev.lastmile.benchmarks.footprint;

import java.time.Duration;

/**
 * What all measurements of a run have in common.
 *
 * @param cap what each instance may take
 * @param partitions of each topic
 * @param sessionTimeout after which the broker gives the share of an instance that has gone to another
 * @param startMs when the day of the inferences begins, epoch milliseconds
 * @param seed of all that is drawn
 */
record Conditions(Cap cap, int partitions, Duration sessionTimeout, long startMs, long seed) {}
