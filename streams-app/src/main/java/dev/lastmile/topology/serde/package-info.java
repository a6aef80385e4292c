/**
 * Bytes of the flow: safe decoding of what customers sent, and the formats of our own stores and internal topics.
 */
@NullMarked
package dev.lastmile.topology.serde;

import org.jspecify.annotations.NullMarked;
