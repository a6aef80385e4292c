/** Programs in processes of their own, which can be stopped, frozen and killed. */
@NullMarked
package dev.lastmile.faults.process;

import org.jspecify.annotations.NullMarked;
