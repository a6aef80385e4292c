/** Breaks the law of the packages on purpose, so that a test can show that this is found. */
@NullMarked
package dev.lastmile.lawbreaker.stats;

import org.jspecify.annotations.NullMarked;
