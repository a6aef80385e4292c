package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * In which pages of a segment the entry of an id may be: on the heap, four bytes a place, of which three tenths at least are free. A place
 * holds twelve bits of the id beside the page, so that about one id in a hundred that is not there is said to be in some page; the
 * page itself says that it is not. Mutable.
 *
 * <p>How many ids will come is not known, and no place says enough of its id to find it another one. So there are several
 * levels, each twice as large as the one before. Where there is no room for another one, the table takes no more ids.
 */
final class PageTable {

    /** Pages have numbers from 1 on. */
    static final int NONE = 0;

    private static final int VERSION = 1;
    private static final int PAGE_BITS = 20;

    /** The number of the last page that it can name. */
    static final int LAST_PAGE = (1 << PAGE_BITS) - 1;

    private static final int FIRST_PLACES = 1 << 14;
    private static final int MOST_PLACES = 1 << 28;
    private static final int PLACES_A_CHUNK = 1 << 18;

    private final Room room;
    private final List<Level> levels = new ArrayList<>();
    private boolean full;

    PageTable(Room room) {
        this.room = room;
    }

    private static final class Level {
        private final int[] places;
        private final int mostIds;
        private int ids;

        Level(int places) {
            this.places = new int[places];
            mostIds = places / 10 * 7;
        }

        private int home(long high) {
            return (int) (high >>> Integer.SIZE) & (places.length - 1);
        }

        private int next(int place) {
            return (place + 1) & (places.length - 1);
        }

        int newest(long high, int tag, int before) {
            int newest = NONE;
            int place = home(high);
            for (int there = places[place]; there != 0; there = places[place]) {
                int page = there & LAST_PAGE;
                if (there >>> PAGE_BITS == tag && page < before && page > newest) {
                    newest = page;
                }
                place = next(place);
            }
            return newest;
        }

        /** Puts something else where one was, the first of those that are alike; whether it was there. */
        boolean replace(long high, int one, int other) {
            int place = home(high);
            for (int there = places[place]; there != 0; there = places[place]) {
                if (there == one) {
                    places[place] = other;
                    return true;
                }
                place = next(place);
            }
            return false;
        }

        void add(long high, int one) {
            int place = home(high);
            while (places[place] != 0) {
                place = next(place);
            }
            places[place] = one;
            ids++;
        }
    }

    private static int tag(long low) {
        return (int) low & (-1 >>> PAGE_BITS);
    }

    private static int place(long low, int page) {
        return (int) low << PAGE_BITS | page;
    }

    /** The newest page before that one which may have an entry of the id; {@link #NONE} where none has. */
    int newest(long high, long low, int before) {
        int tag = tag(low);
        int newest = NONE;
        for (int i = levels.size() - 1; i >= 0; i--) {
            newest = Math.max(newest, levels.get(i).newest(high, tag, before));
        }
        return newest;
    }

    /**
     * The entry of an id that was in one page is in another one now.
     *
     * @param to a later one
     * @return whether it was here, and its new page is one that can be named
     */
    boolean move(long high, long low, int from, int to) {
        if (to > LAST_PAGE) {
            return false;
        }
        int one = place(low, from);
        int other = place(low, to);
        for (int i = levels.size() - 1; i >= 0; i--) {
            if (levels.get(i).replace(high, one, other)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Notes that a page has an entry of the id. Ids whose places look alike have one each, so that the others' stay when one of
     * them moves.
     *
     * @return whether there was room for it
     */
    boolean add(long high, long low, int page) {
        if (page > LAST_PAGE || !hasRoom()) {
            return false;
        }
        levels.get(levels.size() - 1).add(high, place(low, page));
        return true;
    }

    /** Makes room for one more id, or is full for good. */
    private boolean hasRoom() {
        Level last = levels.isEmpty() ? null : levels.get(levels.size() - 1);
        if (last != null && last.ids < last.mostIds) {
            return true;
        }
        full = full || !grow(last == null ? FIRST_PLACES : 2 * last.places.length);
        return !full;
    }

    private boolean grow(int places) {
        if (places > MOST_PLACES || !room.take((long) places * Integer.BYTES)) {
            return false;
        }
        levels.add(new Level(places));
        return true;
    }

    /** Forgets all, and gives back its room. */
    void clear() {
        levels.forEach(level -> room.giveBack((long) level.places.length * Integer.BYTES));
        levels.clear();
        full = false;
    }

    /** How many chunks it is written in. */
    int chunks() {
        return levels.stream().mapToInt(PageTable::chunksOf).sum();
    }

    private static int chunksOf(Level level) {
        return Math.max(1, level.places.length / PLACES_A_CHUNK);
    }

    /** Writes a part of it, from number 0 on. */
    ByteWriter chunk(int number) {
        int before = number;
        for (Level level : levels) {
            if (before < chunksOf(level)) {
                return write(level, before * PLACES_A_CHUNK);
            }
            before -= chunksOf(level);
        }
        throw new IndexOutOfBoundsException("no chunk " + number + " of " + chunks());
    }

    private static ByteWriter write(Level level, int start) {
        int count = Math.min(PLACES_A_CHUNK, level.places.length);
        ByteWriter chunk = new ByteWriter(count * Integer.BYTES + Long.SIZE)
                .octet(VERSION)
                .unsigned(level.places.length)
                .unsigned(level.ids)
                .unsigned(start)
                .unsigned(count);
        for (int place = start; place < start + count; place += 2) {
            chunk.fixed((long) level.places[place] << Integer.SIZE | (level.places[place + 1] & 0xFFFF_FFFFL));
        }
        return chunk;
    }

    /**
     * Takes the next chunk that was written; the table was empty before the first.
     *
     * @return whether there is room for it
     */
    boolean read(byte[] bytes) {
        ByteReader chunk = new ByteReader(bytes).expectVersion(VERSION);
        int places = chunk.unsigned();
        int ids = chunk.unsigned();
        int start = chunk.unsigned();
        int count = chunk.unsigned();
        if (start == 0 && !grow(places)) {
            return false;
        }
        Level level = levels.get(levels.size() - 1);
        level.ids = ids;
        for (int place = start; place < start + count; place += 2) {
            long two = chunk.fixed();
            level.places[place] = (int) (two >>> Integer.SIZE);
            level.places[place + 1] = (int) two;
        }
        return true;
    }
}
