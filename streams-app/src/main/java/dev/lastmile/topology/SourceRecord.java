package dev.lastmile.topology;

import org.jspecify.annotations.Nullable;

/**
 * A record as the broker gave it.
 *
 * @param topic its topic, which proves the customer
 * @param partition its partition
 * @param offset its offset
 * @param appendMs broker append time, epoch milliseconds
 * @param key raw key, absent if null
 * @param value raw value, absent if null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy a record would cost more than it protects
public record SourceRecord(
        SourceTopic topic, int partition, long offset, long appendMs, byte @Nullable [] key, byte @Nullable [] value) {}
