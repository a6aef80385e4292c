/**
 * Records: frames, schema ids, writer schemas, datums, keys. What must become of each is decided here a second time, by code that
 * shares none with the monitor's, and compared.
 */
@NullMarked
package dev.lastmile.faults.fuzz.record;

import org.jspecify.annotations.NullMarked;
