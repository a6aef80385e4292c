/**
 * The table of figures that Lastmile is held to, with all rivals, by one command.
 */
@NullMarked
package dev.lastmile.benchmarks;

import org.jspecify.annotations.NullMarked;
