package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells of most ids that are not in a segment that they are not: a Bloom filter in blocks of a cache line (Putze, Sanders, Singler,
 * "Cache-, Hash- and Space-Efficient Bloom Filters", 2007), with twelve bits an id, of which six are set. About one id in a hundred is
 * told to be there and is not. RocksDB has such filters too, but asking it costs thirty times as much as a look at this. Mutable.
 *
 * <p>How many ids will come is not known, so there are several filters, each four times as large as the one before: five for
 * twenty million ids. The bits of an id are the bits of the hash that it is.
 */
final class IdFilter {

    private static final int VERSION = 1;
    private static final int FIRST_IDS = 1 << 16;
    private static final int GROWTH = 4;
    private static final int BITS_AN_ID = 12;
    private static final int BITS_SET = 6;
    private static final int BLOCK_LONGS = 8;
    private static final int BITS_OF_PLACE = 9;

    private final List<Level> levels = new ArrayList<>();

    private static final class Level {
        private final int mostIds;
        private final long[] bits;
        private int ids;

        Level(int mostIds) {
            this.mostIds = mostIds;
            long longs = (long) mostIds * BITS_AN_ID / Long.SIZE;
            bits = new long[Math.toIntExact(longs / BLOCK_LONGS * BLOCK_LONGS)];
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

    /** From now on it may be there. */
    void add(long high, long low) {
        if (levels.isEmpty()) {
            levels.add(new Level(FIRST_IDS));
        }
        Level last = levels.get(levels.size() - 1);
        if (last.ids >= last.mostIds) {
            last = new Level(Math.multiplyExact(last.mostIds, GROWTH));
            levels.add(last);
        }
        last.add(high, low);
    }

    /** Whether it may be there; one that was added always may. */
    boolean mayHold(long high, long low) {
        for (int i = levels.size() - 1; i >= 0; i--) {
            if (levels.get(i).mayHold(high, low)) {
                return true;
            }
        }
        return false;
    }

    /** Writes it. */
    ByteWriter write() {
        ByteWriter out = new ByteWriter().octet(VERSION).unsigned(levels.size());
        for (Level level : levels) {
            out.unsigned(level.mostIds).unsigned(level.ids);
            for (long some : level.bits) {
                out.fixed(some);
            }
        }
        return out;
    }

    /** Reads what {@link #write} wrote. */
    static IdFilter read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes).expectVersion(VERSION);
        IdFilter filter = new IdFilter();
        int count = in.unsigned();
        for (int i = 0; i < count; i++) {
            Level level = new Level(in.unsigned());
            level.ids = in.unsigned();
            for (int at = 0; at < level.bits.length; at++) {
                level.bits[at] = in.fixed();
            }
            filter.levels.add(level);
        }
        return filter;
    }
}
