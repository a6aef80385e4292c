/** What a monitor does not go on with, and says so in one line. */
@NullMarked
package dev.lastmile.faults.refusal;

import org.jspecify.annotations.NullMarked;
