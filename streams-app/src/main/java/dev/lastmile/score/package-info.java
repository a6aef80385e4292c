/**
 * How wrong one labelled inference was: word error rate, error rate, false positive and negative rate, absolute error.
 */
@NullMarked
package dev.lastmile.score;

import org.jspecify.annotations.NullMarked;
