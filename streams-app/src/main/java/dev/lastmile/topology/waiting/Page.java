package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ByteWriter;

/**
 * Entries in the order in which they came, as one value of RocksDB: their count, ids, lengths, the pages in which they were
 * before, and their bytes. What came together is mostly asked for together, and one look finds all of it. Mutable; {@link
 * PageView} reads it.
 */
final class Page {

    /** Enough entries that one look finds many, and few enough that a look for one of them is not much dearer. */
    private static final int FULL_BYTES = 4 << 10;

    static final int FORMAT = 2;

    private final ByteWriter ids = new ByteWriter(FULL_BYTES);
    private final ByteWriter lengths = new ByteWriter(FULL_BYTES);
    private final ByteWriter earlier = new ByteWriter(FULL_BYTES);
    private final ByteWriter entries = new ByteWriter(2 * FULL_BYTES);
    private int count;

    /**
     * An entry: its id, and a part of an array.
     *
     * @param earlierPage of the same segment, whose entry of the id is no longer the newest; {@link PageTable#NONE} where none is
     */
    void add(long high, long low, int earlierPage, byte[] from, int start, int length) {
        ids.fixed(high).fixed(low);
        lengths.unsigned(length);
        earlier.unsigned(earlierPage);
        entries.part(from, start, length);
        count++;
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return ids.size() + entries.size() >= FULL_BYTES;
    }

    /** Puts all of it, after its length, at the end of something else, and is empty again. */
    void moveTo(ByteWriter target) {
        ByteWriter head = new ByteWriter(Long.BYTES).octet(FORMAT).unsigned(count);
        target.unsigned(head.size() + ids.size() + lengths.size() + earlier.size() + entries.size())
                .all(head)
                .all(ids)
                .all(lengths)
                .all(earlier)
                .all(entries);
        ids.clear();
        lengths.clear();
        earlier.clear();
        entries.clear();
        count = 0;
    }
}
