/**
 * The monitor's own topology over files, at full speed and with the same result every time.
 */
@NullMarked
package dev.lastmile.local.replay;

import org.jspecify.annotations.NullMarked;
