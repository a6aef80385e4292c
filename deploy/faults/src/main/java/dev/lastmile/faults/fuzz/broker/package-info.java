/** Records through a broker and a monitor in a process of its own. */
@NullMarked
package dev.lastmile.faults.fuzz.broker;

import org.jspecify.annotations.NullMarked;
