/** How inputs are made, tried and told about. Knows nothing of what is tried. */
@NullMarked
package dev.lastmile.faults.fuzz.run;

import org.jspecify.annotations.NullMarked;
