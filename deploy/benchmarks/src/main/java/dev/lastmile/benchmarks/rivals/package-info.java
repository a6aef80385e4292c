/**
 * Drift detectors of MOA, one per slice.
 */
@NullMarked
package dev.lastmile.benchmarks.rivals;

import org.jspecify.annotations.NullMarked;
