/** The processes that a measurement is made on: a broker and instances of the monitor, each in a JVM of its own. */
@NullMarked
package dev.lastmile.benchmarks.process;

import org.jspecify.annotations.NullMarked;
