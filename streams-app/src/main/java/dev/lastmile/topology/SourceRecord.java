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
        SourceTopic topic, int partition, long offset, long appendMs, byte @Nullable [] key, byte @Nullable [] value) {

    /** A longer key goes no further: none that fits an inference id is, and it could make a dead letter too large. */
    private static final int MAX_KEY_BYTES = 1_024;

    private static final long END_OF_9999_MS = 253_402_300_799_999L;

    /** A topic without broker append time carries what its customer says: held to four-digit years, so that sums stay sums. */
    static long appendMsOf(long timestampMs) {
        return Math.min(Math.max(0, timestampMs), END_OF_9999_MS);
    }

    /** The key under which it is put away; absent where it has none, or one that is too long. */
    byte @Nullable [] carriedKey() {
        return key == null || key.length > MAX_KEY_BYTES ? null : key;
    }
}
