package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells of most ids that are not in a segment that they are not: a Bloom filter in blocks of a cache line (Putze, Sanders, Singler,
 * "Cache-, Hash- and Space-Efficient Bloom Filters", 2007), with twelve bits an id, of which six are set. About one id in a hundred is
 * told to be there and is not. RocksDB has such filters too, but asking it costs thirty times as much as a look at this. Mutable.
 *
 * <p>How many ids will come is not known, so there are several filters, each four times as large as the one before: five for
 * twenty million ids. The bits of an id are the bits of the hash that it is. Where there is no room for another one, it forgets all
 * and lets RocksDB say what is there.
 */
final class IdFilter {

    private static final int VERSION = 1;
    private static final int FIRST_IDS = 1 << 16;
    private static final int GROWTH = 4;
    private static final long MOST_IDS = 1L << 30;
    private static final int HEADER_BYTES = 256;
    private static final int BITS_AN_ID = 12;
    private static final int BITS_SET = 6;
    private static final int BLOCK_LONGS = 8;
    private static final int BLOCK_BITS = BLOCK_LONGS * Long.SIZE;
    private static final int BITS_OF_PLACE = 9;

    private final Room room;
    private final List<Level> levels = new ArrayList<>();
    private boolean full;

    /** How much heap all filters of a process may take together. */
    static final class Room {

        private final AtomicLong leftBytes;

        Room(long bytes) {
            leftBytes = new AtomicLong(bytes);
        }

        private boolean take(long bytes) {
            if (leftBytes.addAndGet(-bytes) >= 0) {
                return true;
            }
            giveBack(bytes);
            return false;
        }

        private void giveBack(long bytes) {
            leftBytes.addAndGet(bytes);
        }
    }

    IdFilter(Room room) {
        this.room = room;
    }

    private static final class Level {
        private final int mostIds;
        private final long[] bits;
        private int ids;

        Level(int mostIds) {
            this.mostIds = mostIds;
            bits = new long[Math.toIntExact(bytesFor(mostIds) / Long.BYTES)];
        }

        static long bytesFor(long ids) {
            return ids * BITS_AN_ID / BLOCK_BITS * BLOCK_BITS / Byte.SIZE;
        }

        /** By the first bits: entries are written in the order of their ids, so that what is set is mostly in the cache. */
        private int block(long high) {
            int blocks = bits.length / BLOCK_LONGS;
            return (int) (((high >>> Integer.SIZE) * blocks) >>> Integer.SIZE) * BLOCK_LONGS;
        }

        /** Nine bits choose one of 512: three of them which long, six which bit of it. */
        private static int wordOf(long rest) {
            return (int) (rest >>> 6) & (BLOCK_LONGS - 1);
        }

        void add(long high, long low) {
            int block = block(high);
            long rest = low;
            for (int i = 0; i < BITS_SET; i++) {
                bits[block + wordOf(rest)] |= 1L << rest;
                rest >>>= BITS_OF_PLACE;
            }
            ids++;
        }

        boolean mayHold(long high, long low) {
            int block = block(high);
            long rest = low;
            for (int i = 0; i < BITS_SET; i++) {
                if ((bits[block + wordOf(rest)] & (1L << rest)) == 0) {
                    return false;
                }
                rest >>>= BITS_OF_PLACE;
            }
            return true;
        }
    }

    /** From now on it may be there. One that may be already, as one that is written again, takes nothing more. */
    void add(long high, long low) {
        if (!mayHold(high, low) && hasRoom()) {
            levels.get(levels.size() - 1).add(high, low);
        }
    }

    /** Makes room for one more id, or is full for good. */
    private boolean hasRoom() {
        Level last = levels.isEmpty() ? null : levels.get(levels.size() - 1);
        if (last != null && last.ids < last.mostIds) {
            return true;
        }
        long ids = last == null ? FIRST_IDS : (long) last.mostIds * GROWTH;
        if (ids <= MOST_IDS && room.take(Level.bytesFor(ids))) {
            levels.add(new Level((int) ids));
            return true;
        }
        clear();
        full = true;
        return false;
    }

    /** Whether it may be there; one that was added always may. */
    boolean mayHold(long high, long low) {
        for (int i = levels.size() - 1; i >= 0; i--) {
            if (levels.get(i).mayHold(high, low)) {
                return true;
            }
        }
        return full;
    }

    /** Forgets all, and gives back its room. */
    void clear() {
        levels.forEach(level -> room.giveBack(Level.bytesFor(level.mostIds)));
        levels.clear();
        full = false;
    }

    /** Writes it. */
    ByteWriter write() {
        long bytes = levels.stream()
                .mapToLong(level -> Level.bytesFor(level.mostIds))
                .sum();
        ByteWriter out = new ByteWriter(Math.toIntExact(bytes) + HEADER_BYTES)
                .octet(VERSION)
                .octet(full ? 1 : 0)
                .unsigned(levels.size());
        for (Level level : levels) {
            out.unsigned(level.mostIds).unsigned(level.ids);
            for (long some : level.bits) {
                out.fixed(some);
            }
        }
        return out;
    }

    /** Takes what {@link #write} wrote, if there is room for it; it must be empty. */
    void read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes).expectVersion(VERSION);
        full = in.octet() == 1;
        int count = in.unsigned();
        for (int i = 0; i < count; i++) {
            int mostIds = in.unsigned();
            if (!room.take(Level.bytesFor(mostIds))) {
                clear();
                full = true;
                return;
            }
            Level level = new Level(mostIds);
            level.ids = in.unsigned();
            for (int at = 0; at < level.bits.length; at++) {
                level.bits[at] = in.fixed();
            }
            levels.add(level);
        }
    }
}
