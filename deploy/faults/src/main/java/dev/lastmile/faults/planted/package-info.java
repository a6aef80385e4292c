/** Bugs that the monitor does not have, put into the code of a running one, to see that they are caught. */
@NullMarked
package dev.lastmile.faults.planted;

import org.jspecify.annotations.NullMarked;
