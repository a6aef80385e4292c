package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;

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

    private final ByteWriter bytes = new ByteWriter();
    private int size;

    void put(byte[] key, ByteWriter value) {
        if (size == 0) {
            bytes.octet(FORMAT);
        }
        bytes.unsigned(key.length).raw(key).unsigned(value.size()).all(value);
        size++;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return bytes.size() >= FULL_BYTES;
    }

    byte[] take() {
        byte[] taken = bytes.toByteArray();
        bytes.clear();
        size = 0;
        return taken;
    }

    /**
     * A block as RocksDB takes it, without a call for each value: sequence number 0, the count, and the values.
     *
     * @param columnFamily the id of where they go
     */
    static byte[] asBatch(byte[] block, int columnFamily) {
        ByteWriter batch = new ByteWriter();
        batch.fixed(0);
        int count = 0;
        ByteReader in = new ByteReader(block).expectVersion(FORMAT);
        for (ByteReader counted = new ByteReader(block).expectVersion(FORMAT); counted.hasMore(); count++) {
            counted.skip(counted.unsigned());
            counted.skip(counted.unsigned());
        }
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            batch.octet(count >>> shift);
        }
        while (in.hasMore()) {
            int start = in.position();
            in.skip(in.unsigned());
            in.skip(in.unsigned());
            batch.octet(COLUMN_FAMILY_VALUE).unsigned(columnFamily).part(block, start, in.position() - start);
        }
        return batch.toByteArray();
    }
}
