/** What a labelled inference costs, side by side with other ways to do the same job. */
@NullMarked
package dev.lastmile.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;
