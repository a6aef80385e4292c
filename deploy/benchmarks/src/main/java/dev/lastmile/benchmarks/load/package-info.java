/** The events that are worked off, and what must come out of them. */
@NullMarked
package dev.lastmile.benchmarks.load;

import org.jspecify.annotations.NullMarked;
