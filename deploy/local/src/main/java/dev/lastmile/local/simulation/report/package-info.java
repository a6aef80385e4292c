/**
 * The results of trials as tables, JSON and a picture.
 */
@NullMarked
package dev.lastmile.local.simulation.report;

import org.jspecify.annotations.NullMarked;
