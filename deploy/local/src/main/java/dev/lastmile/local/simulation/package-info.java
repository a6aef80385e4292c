/**
 * The command {@code simulate}: what the false-alarm promise costs and brings on traffic like yours.
 */
@NullMarked
package dev.lastmile.local.simulation;

import org.jspecify.annotations.NullMarked;
