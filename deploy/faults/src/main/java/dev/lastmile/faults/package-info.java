/** Strikes a real installation and says what held. */
@NullMarked
package dev.lastmile.faults;

import org.jspecify.annotations.NullMarked;
