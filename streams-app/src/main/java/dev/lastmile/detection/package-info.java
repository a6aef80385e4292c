/**
 * Whether a slice got worse than the rest, within a false-alarm budget that is proved.
 */
@NullMarked
package dev.lastmile.detection;

import org.jspecify.annotations.NullMarked;
