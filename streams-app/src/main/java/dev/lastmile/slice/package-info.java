/**
 * Which slices an inference belongs to, and the bucketed, additive statistics of a slice.
 */
@NullMarked
package dev.lastmile.slice;

import org.jspecify.annotations.NullMarked;
