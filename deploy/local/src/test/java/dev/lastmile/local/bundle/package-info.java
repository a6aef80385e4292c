/** How records come from a real broker. */
@NullMarked
package dev.lastmile.local.bundle;

import org.jspecify.annotations.NullMarked;
