/**
 * A plain batch program that says what the stream must compute; shares no code with the monitor, so that a bug there cannot
 * hide here.
 */
@NullMarked
package dev.lastmile.faults.oracle;

import org.jspecify.annotations.NullMarked;
