/** A schema registry that does what it is told, whatever a registry should do. */
@NullMarked
package dev.lastmile.faults.registry;

import org.jspecify.annotations.NullMarked;
