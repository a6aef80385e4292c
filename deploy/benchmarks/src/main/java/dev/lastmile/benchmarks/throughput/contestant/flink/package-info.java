/** The job on Apache Flink. */
@NullMarked
package dev.lastmile.benchmarks.throughput.contestant.flink;

import org.jspecify.annotations.NullMarked;
