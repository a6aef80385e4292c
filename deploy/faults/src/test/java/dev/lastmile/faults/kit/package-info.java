/**
 * Brokers for tests: the embedded one, and one in a container where there is Docker.
 */
@NullMarked
package dev.lastmile.faults.kit;

import org.jspecify.annotations.NullMarked;
