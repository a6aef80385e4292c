package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Pages, and what their entries share, in one piece: one record of the changelog, and one write of RocksDB. Its bytes are one for
 * the format, and those of keys and values, each after its length; before each key stands one that tells a page from what is
 * shared. Mutable; empty again after {@link #take}.
 */
final class Block {

    /** A block is closed above this: large enough that a record's overhead is nothing, small enough to be sent. */
    private static final int FULL_BYTES = 92 << 10;

    private static final int FORMAT = 2;
    private static final int SHARED = 0;
    private static final int PAGE = 1;

    /** The tag RocksDB gives to a value of a column family in a serialised batch. */
    private static final int COLUMN_FAMILY_VALUE = 5;

    private final ByteWriter bytes = new ByteWriter(FULL_BYTES + FULL_BYTES / 8);

    /** Where a block is written. */
    interface Target {

        /** The id of the column family of what is shared. */
        int shared();

        /** That of pages. */
        int pages();

        /** That of the numbers of pages by the ids of their entries, as far as they are there. */
        int ids();

        /**
         * Notes in which page an id's entry is.
         *
         * @param earlier the page in which it was, or {@link PageTable#NONE}
         * @return whether that is all; otherwise the number of the page has to be written
         */
        boolean note(long high, long low, int earlier, int page);
    }

    /** Adds what is shared. */
    void put(byte[] key, ByteWriter value) {
        begin(SHARED).unsigned(key.length).raw(key).unsigned(value.size()).all(value);
    }

    /** Adds a page, which is empty then. */
    void put(int number, Page page) {
        byte[] key = pageKey(number);
        page.moveTo(begin(PAGE).unsigned(key.length).raw(key));
    }

    private ByteWriter begin(int kind) {
        if (isEmpty()) {
            bytes.octet(FORMAT);
        }
        return bytes.octet(kind);
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

    /** The key of a page: in order of their numbers, so that RocksDB has nothing to merge. */
    static byte[] pageKey(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    static int pageNumber(byte[] key) {
        return pageNumber(key, 0);
    }

    private static int pageNumber(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    /** A block as RocksDB takes it, without a call for each value: sequence number 0, the count, and the values. */
    static byte[] asBatch(byte[] block, Target target) {
        Batch batch = new Batch(block.length + block.length / 8);
        ByteReader in = new ByteReader(block).expectVersion(FORMAT);
        while (in.hasMore()) {
            boolean isPage = in.octet() == PAGE;
            int start = in.position();
            int key = in.unsigned();
            int keyAt = in.position();
            in.skip(key);
            int value = in.unsigned();
            int valueAt = in.position();
            in.skip(value);
            if (isPage) {
                note(new PageView(block, valueAt, valueAt + value), pageNumber(block, keyAt), target, batch);
            }
            batch.put(isPage ? target.pages() : target.shared()).part(block, start, in.position() - start);
        }
        return batch.take();
    }

    /** The ids of a page, as far as they have to be written. */
    static byte[] idsAsBatch(PageView view, int page, Target target) {
        Batch batch = new Batch(0);
        note(view, page, target, batch);
        return batch.take();
    }

    private static void note(PageView view, int page, Target target, Batch batch) {
        ByteReader earlier = view.earlierPages();
        for (int entry = 0; entry < view.count(); entry++) {
            long high = view.high(entry);
            long low = view.low(entry);
            if (!target.note(high, low, earlier.unsigned(), page)) {
                batch.put(target.ids())
                        .unsigned(EntryId.BYTES)
                        .fixed(high)
                        .fixed(low)
                        .unsigned(Integer.BYTES)
                        .raw(pageKey(page));
            }
        }
    }

    /** A batch in RocksDB's own format. */
    private static final class Batch {
        private final ByteWriter values;
        private int count;

        Batch(int bytes) {
            values = new ByteWriter(bytes + Long.BYTES + Integer.BYTES).fixed(0).raw(new byte[Integer.BYTES]);
        }

        ByteWriter put(int columnFamily) {
            count++;
            return values.octet(COLUMN_FAMILY_VALUE).unsigned(columnFamily);
        }

        byte[] take() {
            byte[] batch = values.toByteArray();
            ByteBuffer.wrap(batch).order(ByteOrder.LITTLE_ENDIAN).putInt(Long.BYTES, count);
            return batch;
        }
    }
}
