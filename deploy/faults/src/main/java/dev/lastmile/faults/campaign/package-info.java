/** Load, faults, healing, quiet, comparison; and what came of it. */
@NullMarked
package dev.lastmile.faults.campaign;

import org.jspecify.annotations.NullMarked;
