/** State on this machine that cannot be read is given up, and read back from its changelog. */
@NullMarked
package dev.lastmile.topology.damage;

import org.jspecify.annotations.NullMarked;
