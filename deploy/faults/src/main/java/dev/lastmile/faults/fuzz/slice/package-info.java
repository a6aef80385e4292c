/** More values than anybody can look at. */
@NullMarked
package dev.lastmile.faults.fuzz.slice;

import org.jspecify.annotations.NullMarked;
