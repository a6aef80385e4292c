package dev.lastmile.topology;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * The key of a customer's record, as long as it is only carried along. It is never absent, even where the record has no key,
 * and written it is always the same: in a table all records of a task are one entry.
 *
 * @param bytes the customer's bytes; absent where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // carried along, never compared
record SourceKey(byte @Nullable [] bytes) {

    private static final byte[] THE_SAME = {0};

    static Serde<SourceKey> serde() {
        return Serdes.serdeFrom((topic, key) -> THE_SAME.clone(), (topic, bytes) -> new SourceKey(bytes));
    }
}
