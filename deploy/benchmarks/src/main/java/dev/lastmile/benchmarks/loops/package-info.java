/** What the inner loops cost, each by itself: word alignment, slicing, counting, detecting, decoding. */
@NullMarked
package dev.lastmile.benchmarks.loops;

import org.jspecify.annotations.NullMarked;
