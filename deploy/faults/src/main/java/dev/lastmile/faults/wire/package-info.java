/**
 * What stands in the topics, read by code of its own: none of the monitor's, of Avro's or of the registry client's. Field orders are
 * those of the contracts in {@code schemas}.
 */
@NullMarked
package dev.lastmile.faults.wire;

import org.jspecify.annotations.NullMarked;
