/**
 * Which ground truth stands for which inference: waiting, duplicates, corrections, lateness.
 */
@NullMarked
package dev.lastmile.join;

import org.jspecify.annotations.NullMarked;
