package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;

/**
 * Names an inference among all of a task: 128 bits of a hash that nobody can steer, see {@link EntryIds}.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record EntryId(long high, long low) {

    static final int BYTES = 16;

    byte[] bytes() {
        return new ByteWriter(BYTES).fixed(high).fixed(low).toByteArray();
    }

    static EntryId of(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        return new EntryId(in.fixed(), in.fixed());
    }

    /** Every bit is as good as any other. */
    @Override
    public int hashCode() {
        return (int) low;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryId id && high == id.high && low == id.low;
    }
}
