/** Texts that people write: configuration, operators' commands, files of a replay. */
@NullMarked
package dev.lastmile.faults.fuzz.text;

import org.jspecify.annotations.NullMarked;
