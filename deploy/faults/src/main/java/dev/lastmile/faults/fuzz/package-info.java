/** Seeded inputs of every kind that strangers send, and what must become of them. */
@NullMarked
package dev.lastmile.faults.fuzz;

import org.jspecify.annotations.NullMarked;
