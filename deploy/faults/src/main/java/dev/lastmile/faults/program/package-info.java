/** All that is to be run once, in parts that can be run one by one. */
@NullMarked
package dev.lastmile.faults.program;

import org.jspecify.annotations.NullMarked;
