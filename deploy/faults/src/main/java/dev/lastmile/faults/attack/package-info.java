/** A customer who does all that a customer can do to harm others. */
@NullMarked
package dev.lastmile.faults.attack;

import org.jspecify.annotations.NullMarked;
