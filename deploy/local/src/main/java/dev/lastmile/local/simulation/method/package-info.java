/**
 * The contestants: Lastmile's own detectors, and what others do for want of them.
 */
@NullMarked
package dev.lastmile.local.simulation.method;

import org.jspecify.annotations.NullMarked;
