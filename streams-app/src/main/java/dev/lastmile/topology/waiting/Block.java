package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Many keys and values in one piece: one record of the changelog, and one write of RocksDB. Its bytes are one for the format,
 * and those of keys and values, each after its length. Mutable; empty again after {@link #take}.
 */
final class Block {

    /** A block is closed above this: large enough that a record's overhead is nothing, small enough to be sent. */
    private static final int FULL_BYTES = 96 << 10;

    private static final int FORMAT = 1;

    /** The tag RocksDB gives to a value of a column family in a serialised batch. */
    private static final int COLUMN_FAMILY_VALUE = 5;

    private final ByteWriter bytes = new ByteWriter(FULL_BYTES + FULL_BYTES / 8);

    /** Takes the ids of entries. */
    interface Ids {

        /** One id, see {@link EntryId}. */
        void take(long high, long low);
    }

    void put(byte[] key, ByteWriter value) {
        if (isEmpty()) {
            bytes.octet(FORMAT);
        }
        bytes.unsigned(key.length).raw(key).unsigned(value.size()).all(value);
    }

    /** An entry: its id, and a part of an array. */
    void put(long high, long low, byte[] from, int start, int count) {
        if (isEmpty()) {
            bytes.octet(FORMAT);
        }
        bytes.unsigned(EntryId.BYTES).fixed(high).fixed(low).unsigned(count).part(from, start, count);
    }

    boolean isEmpty() {
        return bytes.size() == 0;
    }

    boolean isFull() {
        return bytes.size() >= FULL_BYTES;
    }

    byte[] take() {
        byte[] taken = bytes.toByteArray();
        bytes.clear();
        return taken;
    }

    /**
     * A block as RocksDB takes it, without a call for each value: sequence number 0, the count, and the values.
     *
     * @param columnFamily the id of where they go
     * @param ids is told the ids of the entries in it
     */
    static byte[] asBatch(byte[] block, int columnFamily, Ids ids) {
        ByteWriter values =
                new ByteWriter(block.length + block.length / 8).fixed(0).raw(new byte[Integer.BYTES]);
        int count = 0;
        for (ByteReader in = new ByteReader(block).expectVersion(FORMAT); in.hasMore(); count++) {
            int start = in.position();
            int keyLength = in.unsigned();
            if (keyLength == EntryId.BYTES && block[in.position()] != EntryIds.RESERVED) {
                ids.take(in.fixed(), in.fixed());
            } else {
                in.skip(keyLength);
            }
            in.skip(in.unsigned());
            values.octet(COLUMN_FAMILY_VALUE).unsigned(columnFamily).part(block, start, in.position() - start);
        }
        byte[] batch = values.toByteArray();
        ByteBuffer.wrap(batch).order(ByteOrder.LITTLE_ENDIAN).putInt(Long.BYTES, count);
        return batch;
    }
}
