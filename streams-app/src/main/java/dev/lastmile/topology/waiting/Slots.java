package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import java.util.Arrays;

/**
 * What is known of ids since the last save: an entry, as it is stored, or that there is none. Each id has a slot, which is a
 * number, from 0 on, in the order in which they came. Ids are evenly spread, as parts of a hash. Mutable.
 *
 * <p>All of it is in a few arrays: as objects, entries that wait for a save were four times as large, and most of what they cost
 * was fetching them into the processor's cache, and the garbage collector's looking after them.
 */
final class Slots {

    private static final int FIRST_ROOM = 1 << 10;
    private static final int FIRST_BYTES = 1 << 16;
    private static final int NOBODY = 0;
    private static final long NO_ENTRY = 0;
    private static final long CHANGED = 1;
    private static final long NOWHERE = 0;

    /** Twice as many as slots at least: the number of a slot and one, at the first bits of its id or in the next free one. */
    private int[] places = new int[2 * FIRST_ROOM];

    /** Two a slot. */
    private long[] ids = new long[2 * FIRST_ROOM];

    /** Where the entry begins, how long it is, and whether it changed; {@link #NO_ENTRY} where there is none. */
    private long[] entries = new long[FIRST_ROOM];

    /** Where the entry is stored, see {@link #where}; {@link #NOWHERE} where it is not. */
    private long[] stored = new long[FIRST_ROOM];

    private int size;

    /** All entries, and what they were before they changed. */
    private byte[] bytes = new byte[FIRST_BYTES];

    private int bytesSize;

    /** The slot of an id; there is always one. */
    int of(EntryId id) {
        int mask = places.length - 1;
        int place = place(id.high());
        while (places[place] != NOBODY) {
            int slot = places[place] - 1;
            if (high(slot) == id.high() && low(slot) == id.low()) {
                return slot;
            }
            place = (place + 1) & mask;
        }
        if (size == entries.length) {
            grow();
            return of(id);
        }
        ids[2 * size] = id.high();
        ids[2 * size + 1] = id.low();
        entries[size] = NO_ENTRY;
        stored[size] = NOWHERE;
        places[place] = size + 1;
        return size++;
    }

    int size() {
        return size;
    }

    /** Bytes that entries take, and took before they changed. */
    int bytes() {
        return bytesSize;
    }

    EntryId id(int slot) {
        return new EntryId(high(slot), low(slot));
    }

    /** The newest page before that one which may have an entry of its id; {@link PageTable#NONE} where none has. */
    int newestPage(int slot, PageTable table, int before) {
        return table.newest(high(slot), low(slot), before);
    }

    /** Which entry of a page has its id, or {@link PageView#NOT_THERE}. */
    int findIn(int slot, PageView page) {
        return page.find(high(slot), low(slot));
    }

    boolean hasEntry(int slot) {
        return entries[slot] != NO_ENTRY;
    }

    /** Whether the entry is another than what is stored. */
    boolean isChanged(int slot) {
        return (entries[slot] & CHANGED) != 0;
    }

    /** The entry, to be read. */
    ByteReader entry(int slot) {
        int from = from(slot);
        return new ByteReader(bytes, from, from + length(slot));
    }

    /** Takes what is stored, and where. */
    void find(int slot, ByteWriter entry, int segment, int page) {
        entries[slot] = put(entry);
        stored[slot] = where(segment, page);
    }

    private static long where(int segment, int page) {
        return (long) segment << Integer.SIZE | page;
    }

    /** Whether what was found is in that page. */
    boolean isFoundIn(int slot, int segment, int page) {
        return stored[slot] == where(segment, page);
    }

    /** Takes an entry in place of what is stored. */
    void change(int slot, ByteWriter entry) {
        entries[slot] = put(entry) | CHANGED;
    }

    /** What is stored is to be written again. */
    void touch(int slot) {
        entries[slot] |= CHANGED;
    }

    private long put(ByteWriter entry) {
        int its = entry.size();
        if (bytesSize + its > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, bytesSize + its));
        }
        entry.copyTo(bytes, bytesSize);
        long put = (long) bytesSize << Integer.SIZE | (long) its << 1;
        bytesSize += its;
        return put;
    }

    private long high(int slot) {
        return ids[2 * slot];
    }

    private long low(int slot) {
        return ids[2 * slot + 1];
    }

    private int from(int slot) {
        return (int) (entries[slot] >>> Integer.SIZE);
    }

    private int length(int slot) {
        return (int) entries[slot] >>> 1;
    }

    /** Writes an entry and its id to a page of that segment. */
    void write(int slot, Page page, int segment) {
        int earlier = stored[slot] >>> Integer.SIZE == segment ? (int) stored[slot] : PageTable.NONE;
        page.add(high(slot), low(slot), earlier, bytes, from(slot), length(slot));
    }

    /** Forgets all; what is kept is room for about as much. */
    void clear() {
        if (bytes.length > 4 * Math.max(FIRST_BYTES, bytesSize)) {
            bytes = new byte[bytes.length / 2];
        }
        if (entries.length > 4 * Math.max(FIRST_ROOM, size)) {
            resize(entries.length / 2);
        }
        Arrays.fill(places, NOBODY);
        size = 0;
        bytesSize = 0;
    }

    private void grow() {
        resize(2 * entries.length);
        int mask = places.length - 1;
        for (int slot = 0; slot < size; slot++) {
            int place = place(high(slot));
            while (places[place] != NOBODY) {
                place = (place + 1) & mask;
            }
            places[place] = slot + 1;
        }
    }

    private void resize(int room) {
        places = new int[2 * room];
        ids = Arrays.copyOf(ids, 2 * room);
        entries = Arrays.copyOf(entries, room);
        stored = Arrays.copyOf(stored, room);
    }

    private int place(long idHigh) {
        return (int) (idHigh >>> (Long.numberOfLeadingZeros(places.length) + 1));
    }
}
