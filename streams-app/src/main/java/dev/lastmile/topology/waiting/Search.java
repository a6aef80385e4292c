package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the entries of many slots at once, in the segments from the newest on, and puts them into their slots. Where several pages
 * may have an entry of an id, the newest that has one counts, and each page is read once for all of its entries.
 */
final class Search {

    private final Segments segments;
    private final Slots slots;
    private final ByteWriter scratch = new ByteWriter();

    /** Pages to be read, and for which slot: one in the first half, the other in the second. */
    private long[] asked = {};

    private int asking;

    /** Slots of which the segment has nothing. */
    private int[] missing = {};

    private int missed;

    /** Of the segment that is searched, pages of slots that only RocksDB knows. */
    private Map<Integer, Integer> spilled = Map.of();

    Search(Segments segments, Slots slots) {
        this.segments = segments;
        this.slots = slots;
    }

    void find(int[] wanted) {
        int[] open = wanted;
        for (Segment segment : segments.newestFirst()) {
            if (open.length == 0) {
                return;
            }
            open = findIn(segment, open);
        }
    }

    /** Finds what is in a segment, and says what is not. */
    private int[] findIn(Segment segment, int[] wanted) {
        asked = new long[wanted.length];
        asking = 0;
        missing = new int[wanted.length];
        missed = 0;
        spilled = segment.pages().isSpilled() ? spilled(segment, wanted) : Map.of();
        for (int slot : wanted) {
            ask(segment, slot, Integer.MAX_VALUE);
        }
        while (asking > 0) {
            long[] now = Arrays.copyOf(asked, asking);
            Arrays.sort(now);
            asking = 0;
            read(segment, now);
        }
        return Arrays.copyOf(missing, missed);
    }

    private Map<Integer, Integer> spilled(Segment segment, int[] wanted) {
        List<byte[]> ids = new ArrayList<>(wanted.length);
        for (int slot : wanted) {
            ids.add(slots.id(slot).bytes());
        }
        int[] pages = segments.spilled(segment, ids);
        Map<Integer, Integer> found = new HashMap<>();
        for (int i = 0; i < pages.length; i++) {
            if (pages[i] != PageTable.NONE) {
                found.put(wanted[i], pages[i]);
            }
        }
        return found;
    }

    /** Asks for the newest page before that one which may have the entry. */
    private void ask(Segment segment, int slot, int before) {
        int page = slots.newestPage(slot, segment.pages().table(), before);
        int other = spilled.isEmpty() ? PageTable.NONE : spilled.getOrDefault(slot, PageTable.NONE);
        int newest = other < before ? Math.max(page, other) : page;
        if (newest == PageTable.NONE) {
            missing[missed++] = slot;
        } else {
            asked[asking++] = (long) newest << Integer.SIZE | slot;
        }
    }

    /** Reads the pages that were asked for; what is not there is asked for in older ones. */
    private void read(Segment segment, long[] wanted) {
        List<Integer> numbers = new ArrayList<>();
        int last = PageTable.NONE;
        for (long one : wanted) {
            if (page(one) != last) {
                last = page(one);
                numbers.add(last);
            }
        }
        List<byte[]> pages = segments.pages(segment, numbers);
        int at = 0;
        PageView view = new PageView(pages.get(0));
        for (long one : wanted) {
            if (page(one) != numbers.get(at)) {
                at++;
                view = new PageView(pages.get(at));
            }
            int slot = (int) one;
            int entry = slots.findIn(slot, view);
            if (entry == PageView.NOT_THERE) {
                ask(segment, slot, page(one));
            } else {
                slots.find(slot, inCurrent(segment, view.entry(entry)), segment.number(), page(one));
            }
        }
    }

    private static int page(long one) {
        return (int) (one >>> Integer.SIZE);
    }

    /** An entry by the numbers of the current segment, where it will be written if it changes. */
    private ByteWriter inCurrent(Segment segment, ByteReader entry) {
        Segment current = segments.current();
        scratch.clear();
        if (segment.equals(current)) {
            return entry.moveTo(scratch);
        }
        current.write(segment.entry(entry), scratch);
        return scratch;
    }
}
