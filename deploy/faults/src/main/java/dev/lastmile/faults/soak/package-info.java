/** Load for hours, faults all the while, and an instance that must not grow. */
@NullMarked
package dev.lastmile.faults.soak;

import org.jspecify.annotations.NullMarked;
