package dev.lastmile.topology;

import dev.lastmile.topology.bundle.Bundle;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** What comes from a customer's topic: a record's value, or many records at once. */
sealed interface Incoming {

    /**
     * Of one record.
     *
     * @param value absent if null
     */
    @SuppressWarnings("ArrayRecordComponent") // carried along, never compared
    record One(byte @Nullable [] value) implements Incoming {}

    /** Of many. */
    record Many(Bundle bundle) implements Incoming {}

    /** It is read only. */
    static Serde<Incoming> serde() {
        return Serdes.serdeFrom(
                (topic, incoming) -> {
                    throw new UnsupportedOperationException("customers' records are only read");
                },
                new Deserializer<>() {
                    @Override
                    public Incoming deserialize(String topic, byte[] value) {
                        return new One(value);
                    }

                    @Override
                    public Incoming deserialize(String topic, Headers headers, byte[] value) {
                        return headers instanceof Bundle bundle ? new Many(bundle) : new One(value);
                    }
                });
    }
}
