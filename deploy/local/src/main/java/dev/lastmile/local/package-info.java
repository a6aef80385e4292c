/**
 * Lastmile in one JVM: the command line of the demo, the replay and the simulation.
 */
@NullMarked
package dev.lastmile.local;

import org.jspecify.annotations.NullMarked;
