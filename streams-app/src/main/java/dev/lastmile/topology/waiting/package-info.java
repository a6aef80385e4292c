/**
 * What is kept of inferences and ground truths until nothing can come for them any more: on the heap while it is fresh, in
 * RocksDB, and in blocks on the broker.
 */
@NullMarked
package dev.lastmile.topology.waiting;

import org.jspecify.annotations.NullMarked;
