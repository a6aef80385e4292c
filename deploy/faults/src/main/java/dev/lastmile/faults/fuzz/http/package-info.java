/** Bytes on the monitor's HTTP port. */
@NullMarked
package dev.lastmile.faults.fuzz.http;

import org.jspecify.annotations.NullMarked;
