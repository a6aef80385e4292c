/**
 * What is tried, how often, and what is counted of it.
 */
@NullMarked
package dev.lastmile.local.simulation.trial;

import org.jspecify.annotations.NullMarked;
