package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * What is known of ids since the last save: an entry, as it is stored, or that there is none. Each id has a slot, which is a
 * number, from 0 on. Slots are found by the first bits of their ids, and gone through in the order of ids, which is that of keys
 * in RocksDB. Ids are evenly spread, as parts of a hash. Mutable.
 *
 * <p>All of it is in a few arrays: as objects, entries that wait for a save were four times as large, and most of what they cost
 * was fetching them into the processor's cache, and the garbage collector's looking after them.
 */
final class Slots {

    private static final int FIRST_ROOM = 1 << 10;
    private static final int FIRST_BYTES = 1 << 16;
    private static final int NOBODY = 0;

    /** Twice as many as slots at least: the number of a slot and one, where its id would be in order, or in the next free one. */
    private int[] places = new int[2 * FIRST_ROOM];

    private long[] high = new long[FIRST_ROOM];
    private long[] low = new long[FIRST_ROOM];

    /** Where the entry begins, and how long it is; no bytes where there is no entry. */
    private int[] from = new int[FIRST_ROOM];

    private int[] length = new int[FIRST_ROOM];
    private boolean[] changed = new boolean[FIRST_ROOM];
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
            if (high[slot] == id.high() && low[slot] == id.low()) {
                return slot;
            }
            place = (place + 1) & mask;
        }
        if (size == high.length) {
            grow();
            return of(id);
        }
        high[size] = id.high();
        low[size] = id.low();
        length[size] = 0;
        changed[size] = false;
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
        return new EntryId(high[slot], low[slot]);
    }

    /** Whether its id may be among those. */
    boolean isIn(int slot, IdFilter filter) {
        return filter.mayHold(high[slot], low[slot]);
    }

    boolean hasEntry(int slot) {
        return length[slot] > 0;
    }

    /** Whether the entry is another than what is stored. */
    boolean isChanged(int slot) {
        return changed[slot];
    }

    /** The entry, to be read. */
    ByteReader entry(int slot) {
        return new ByteReader(bytes, from[slot], from[slot] + length[slot]);
    }

    /** Takes what is stored. */
    void find(int slot, ByteWriter stored) {
        set(slot, stored);
    }

    /** Takes an entry in place of what is stored. */
    void change(int slot, ByteWriter entry) {
        set(slot, entry);
        changed[slot] = true;
    }

    private void set(int slot, ByteWriter entry) {
        int its = entry.size();
        if (bytesSize + its > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, bytesSize + its));
        }
        entry.copyTo(bytes, bytesSize);
        from[slot] = bytesSize;
        length[slot] = its;
        bytesSize += its;
    }

    /** Writes an entry and its id to a block. */
    void write(int slot, Block block) {
        block.put(high[slot], low[slot], bytes, from[slot], length[slot]);
    }

    /** Tells all slots in the order of their ids. */
    void forEach(IntConsumer taker) {
        for (int slot : inOrder()) {
            taker.accept(slot);
        }
    }

    /** Places are in order, but for the few slots that found theirs taken. */
    private int[] inOrder() {
        int[] slots = new int[size];
        int count = 0;
        for (int place : places) {
            if (place != NOBODY) {
                int slot = place - 1;
                int at = count++;
                while (at > 0 && isBefore(slot, slots[at - 1])) {
                    slots[at] = slots[at - 1];
                    at--;
                }
                slots[at] = slot;
            }
        }
        return slots;
    }

    private boolean isBefore(int one, int other) {
        int byHigh = Long.compareUnsigned(high[one], high[other]);
        return byHigh < 0 || (byHigh == 0 && Long.compareUnsigned(low[one], low[other]) < 0);
    }

    /** Forgets all; what is kept is room for about as much. */
    void clear() {
        if (bytes.length > 4 * Math.max(FIRST_BYTES, bytesSize)) {
            bytes = new byte[bytes.length / 2];
        }
        if (high.length > 4 * Math.max(FIRST_ROOM, size)) {
            resize(high.length / 2);
        }
        Arrays.fill(places, NOBODY);
        size = 0;
        bytesSize = 0;
    }

    private void grow() {
        resize(2 * high.length);
        int mask = places.length - 1;
        for (int slot = 0; slot < size; slot++) {
            int place = place(high[slot]);
            while (places[place] != NOBODY) {
                place = (place + 1) & mask;
            }
            places[place] = slot + 1;
        }
    }

    private void resize(int room) {
        places = new int[2 * room];
        high = Arrays.copyOf(high, room);
        low = Arrays.copyOf(low, room);
        from = Arrays.copyOf(from, room);
        length = Arrays.copyOf(length, room);
        changed = Arrays.copyOf(changed, room);
    }

    private int place(long idHigh) {
        return (int) (idHigh >>> (Long.numberOfLeadingZeros(places.length) + 1));
    }
}
