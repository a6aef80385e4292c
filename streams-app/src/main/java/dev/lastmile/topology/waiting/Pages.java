package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ByteWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The pages of a segment, and which of them has the entry of an id: in a {@link PageTable} on the heap as long as there is room, and in
 * RocksDB otherwise. An entry that changed is written again, in a newer page; the older one says what was. Mutable.
 */
final class Pages implements Block.Target, AutoCloseable {

    private static final byte[] FIRST_CHUNK = {Segment.PAGE_TABLE};
    private static final byte[] PAST_CHUNKS = {Segment.PAGE_TABLE + 1};

    private final Families families;
    private final PageTable table;
    private int last;
    private boolean spilled;

    Pages(Families families, Room room) {
        this.families = families;
        table = new PageTable(room);
    }

    Families families() {
        return families;
    }

    /** The number of the page that was written last; {@link PageTable#NONE} at first. */
    int last() {
        return last;
    }

    /** Whether some ids are only in RocksDB. */
    boolean isSpilled() {
        return spilled;
    }

    PageTable table() {
        return table;
    }

    @Override
    public int shared() {
        return families.shared().getID();
    }

    @Override
    public int pages() {
        return families.pages().getID();
    }

    @Override
    public int ids() {
        return families.ids().getID();
    }

    @Override
    public boolean note(long high, long low, int earlier, int page) {
        last = Math.max(last, page);
        // Once ids are in RocksDB, one without a place may look like another one of its page that has one.
        boolean moves = earlier != PageTable.NONE && !spilled;
        boolean noted = moves ? table.move(high, low, earlier, page) : table.add(high, low, page);
        spilled |= !noted;
        return noted;
    }

    /**
     * Reads pages.
     *
     * @throws RocksDBException if one of them is not there, too
     */
    List<byte[]> read(RocksDB database, ReadOptions options, List<Integer> numbers) throws RocksDBException {
        List<byte[]> keys = new ArrayList<>(numbers.size());
        numbers.forEach(number -> keys.add(Block.pageKey(number)));
        List<byte[]> read = new ArrayList<>(numbers.size());
        for (byte @Nullable [] page :
                database.multiGetAsList(options, Collections.nCopies(keys.size(), families.pages()), keys)) {
            if (page == null) {
                throw new RocksDBException("a page is missing among " + numbers);
            }
            read.add(page);
        }
        return read;
    }

    /** The pages of ids that only RocksDB knows; {@link PageTable#NONE} where it does not. */
    int[] readSpilled(RocksDB database, ReadOptions options, List<byte[]> ids) throws RocksDBException {
        List<byte[]> values = database.multiGetAsList(options, Collections.nCopies(ids.size(), families.ids()), ids);
        int[] pages = new int[ids.size()];
        for (int i = 0; i < pages.length; i++) {
            byte @Nullable [] value = values.get(i);
            pages[i] = value == null ? PageTable.NONE : Block.pageNumber(value);
        }
        return pages;
    }

    /**
     * Takes up the table that was put down, or makes it anew from the pages that are there. None is left lying: it would not hold
     * what is written from now on.
     */
    void open(RocksDB database, WriteOptions options) throws RocksDBException {
        try (RocksIterator all = database.newIterator(families.ids())) {
            all.seekToFirst();
            spilled = all.isValid();
            all.status();
        }
        try (RocksIterator all = database.newIterator(families.pages())) {
            all.seekToLast();
            last = all.isValid() ? Block.pageNumber(all.key()) : PageTable.NONE;
            // One that cannot read on is not valid either.
            all.status();
        }
        boolean taken = takeUp(database);
        database.deleteRange(families.shared(), options, FIRST_CHUNK, PAST_CHUNKS);
        if (!taken) {
            table.clear();
            noteAll(database, options);
        }
    }

    private boolean takeUp(RocksDB database) throws RocksDBException {
        try (RocksIterator chunks = database.newIterator(families.shared())) {
            chunks.seek(FIRST_CHUNK);
            boolean any = false;
            for (; chunks.isValid() && chunks.key()[0] == Segment.PAGE_TABLE; chunks.next()) {
                any = true;
                if (!table.read(chunks.value())) {
                    return false;
                }
            }
            chunks.status();
            return any;
        }
    }

    private void noteAll(RocksDB database, WriteOptions options) throws RocksDBException {
        try (RocksIterator all = database.newIterator(families.pages())) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                byte[] ids = Block.idsAsBatch(new PageView(all.value()), Block.pageNumber(all.key()), this);
                try (WriteBatch batch = new WriteBatch(ids)) {
                    database.write(options, batch);
                }
            }
            all.status();
        }
    }

    /** Puts the table down for the next start; nothing must be written after it. */
    void putDown(RocksDB database, WriteOptions options) throws RocksDBException {
        for (int i = 0; i < table.chunks(); i++) {
            byte[] key = new ByteWriter().octet(Segment.PAGE_TABLE).fixed(i).toByteArray();
            database.put(families.shared(), options, key, table.chunk(i).toByteArray());
        }
    }

    /** Gives back its room and what is open; nothing is deleted. */
    @Override
    public void close() {
        table.clear();
        families.close();
    }
}
