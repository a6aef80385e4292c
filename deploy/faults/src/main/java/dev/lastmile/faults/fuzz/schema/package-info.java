/** Schemas that are made to hurt whoever reads them, through the genuine registry client. */
@NullMarked
package dev.lastmile.faults.fuzz.schema;

import org.jspecify.annotations.NullMarked;
