/** What must have come out, from the input topics alone, and what did. */
@NullMarked
package dev.lastmile.faults.verdict;

import org.jspecify.annotations.NullMarked;
