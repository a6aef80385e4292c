/** What inferences that wait for their ground truth take: memory, disk, and time to bring them back. */
@NullMarked
package dev.lastmile.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;
