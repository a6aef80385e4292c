/**
 * Records that follow each other in a partition, carried through Kafka Streams as one: what it does for every record costs as
 * much as all that the first stage does with it.
 */
@NullMarked
package dev.lastmile.topology.bundle;

import org.jspecify.annotations.NullMarked;
