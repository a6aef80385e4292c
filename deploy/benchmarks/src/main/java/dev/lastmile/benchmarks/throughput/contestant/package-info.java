/** Ways to do the job, or a part of it. */
@NullMarked
package dev.lastmile.benchmarks.throughput.contestant;

import org.jspecify.annotations.NullMarked;
