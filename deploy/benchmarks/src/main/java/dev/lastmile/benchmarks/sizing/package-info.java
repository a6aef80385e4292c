/** What an installation of a given demand takes, from what was measured, and what limits a large one first. */
@NullMarked
package dev.lastmile.benchmarks.sizing;

import org.jspecify.annotations.NullMarked;
