/**
 * When a verdict deserves a human, and when it ends.
 */
@NullMarked
package dev.lastmile.alert;

import org.jspecify.annotations.NullMarked;
