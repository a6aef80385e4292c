/** Which runs make up a report, what came of them, and the report. */
@NullMarked
package dev.lastmile.faults.report;

import org.jspecify.annotations.NullMarked;
