/**
 * Lastmile in one JVM: the command line of the demo and of the replay.
 */
@NullMarked
package dev.lastmile.local;

import org.jspecify.annotations.NullMarked;
