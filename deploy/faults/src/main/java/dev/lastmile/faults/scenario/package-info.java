/** What may go wrong, what must happen then, and what shows that it does. */
@NullMarked
package dev.lastmile.faults.scenario;

import org.jspecify.annotations.NullMarked;
