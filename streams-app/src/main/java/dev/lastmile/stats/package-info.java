/**
 * Counting errors and saying how sure we are of a rate; knows no domain noun.
 */
@NullMarked
package dev.lastmile.stats;

import org.jspecify.annotations.NullMarked;
