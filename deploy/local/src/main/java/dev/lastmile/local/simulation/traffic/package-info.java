/**
 * Made-up labelled inferences of one deployment: who they come from, how wrong they are, when their labels arrive.
 */
@NullMarked
package dev.lastmile.local.simulation.traffic;

import org.jspecify.annotations.NullMarked;
