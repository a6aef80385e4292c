/** What strikes an installation, each with what shows that it hit. */
@NullMarked
package dev.lastmile.faults.fault;

import org.jspecify.annotations.NullMarked;
