/**
 * That the monitor computes exactly what a batch program does, also when it is killed half-way.
 */
@NullMarked
package dev.lastmile.faults.exactness;

import org.jspecify.annotations.NullMarked;
