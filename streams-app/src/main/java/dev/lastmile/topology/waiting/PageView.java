package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ByteReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Page}. Mutable: a search goes on where the last one found something, since what came together is asked for together. */
final class PageView {

    /** In a page that has no entry of an id. */
    static final int NOT_THERE = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private final int count;
    private final int ids;
    private int next;

    /** Where each entry begins, and where the last one ends. */
    private int @Nullable [] starts;

    PageView(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** In a part of an array. */
    PageView(byte[] bytes, int from, int end) {
        ByteReader head = new ByteReader(bytes, from, end).expectVersion(Page.FORMAT);
        this.bytes = bytes;
        this.end = end;
        count = head.unsigned();
        ids = head.position();
    }

    int count() {
        return count;
    }

    /** The first half of an entry's id. */
    long high(int entry) {
        return (long) LONGS.get(bytes, ids + entry * EntryId.BYTES);
    }

    /** The other half. */
    long low(int entry) {
        return (long) LONGS.get(bytes, ids + entry * EntryId.BYTES + Long.BYTES);
    }

    /** Which entry has the id, or {@link #NOT_THERE}. */
    int find(long high, long low) {
        int entry = next;
        for (int i = 0; i < count; i++) {
            if (entry == count) {
                entry = 0;
            }
            if (low(entry) == low && high(entry) == high) {
                next = entry + 1;
                return entry;
            }
            entry++;
        }
        return NOT_THERE;
    }

    /** An entry, to be read. */
    ByteReader entry(int entry) {
        if (starts == null) {
            starts = startsOfEntries();
        }
        return new ByteReader(bytes, starts[entry], starts[entry + 1]);
    }

    /** Of each entry in turn, the page in which it was before, or {@link PageTable#NONE}. */
    ByteReader earlierPages() {
        ByteReader in = lengths();
        skip(in);
        return in;
    }

    private ByteReader lengths() {
        return new ByteReader(bytes, ids + count * EntryId.BYTES, end);
    }

    /** One number for each entry. */
    private void skip(ByteReader in) {
        for (int i = 0; i < count; i++) {
            in.unsigned();
        }
    }

    private int[] startsOfEntries() {
        ByteReader lengths = lengths();
        int[] from = new int[count + 1];
        for (int i = 0; i < count; i++) {
            from[i + 1] = from[i] + lengths.unsigned();
        }
        skip(lengths);
        int first = lengths.position();
        for (int i = 0; i <= count; i++) {
            from[i] += first;
        }
        if (from[count] != end) {
            throw new IllegalStateException("a page of " + (end - ids) + " bytes has entries up to " + from[count]);
        }
        return from;
    }
}
