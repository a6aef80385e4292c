/** How long it takes from the ground truth that tips the balance to the alert. */
@NullMarked
package dev.lastmile.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
