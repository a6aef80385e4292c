/** What customers send while faults strike, and a journal of what the broker acknowledged. */
@NullMarked
package dev.lastmile.faults.traffic;

import org.jspecify.annotations.NullMarked;
