/** Measurements of several rounds in tables, JSON and pictures. */
@NullMarked
package dev.lastmile.benchmarks.report;

import org.jspecify.annotations.NullMarked;
