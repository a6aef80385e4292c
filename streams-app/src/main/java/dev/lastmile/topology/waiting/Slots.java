package dev.lastmile.topology.waiting;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Slots by id, found by their first bits and gone through in the order of ids, which is that of keys in RocksDB. Ids are evenly
 * spread, as parts of a hash, so that what begins alike is a short list. Mutable.
 */
final class Slots {

    private static final int FIRST_PLACES = 1 << 10;

    private @Nullable Slot[] places = new @Nullable Slot[FIRST_PLACES];
    private int size;

    /** The slot of an id; there is always one. */
    Slot of(EntryId id) {
        int place = place(id);
        Slot before = null;
        Slot at = places[place];
        while (at != null) {
            int order = at.compareTo(id);
            if (order == 0) {
                return at;
            }
            if (order > 0) {
                break;
            }
            before = at;
            at = at.next;
        }
        Slot made = new Slot(id, at);
        if (before == null) {
            places[place] = made;
        } else {
            before.next = made;
        }
        size++;
        if (size > places.length) {
            grow();
        }
        return made;
    }

    int size() {
        return size;
    }

    void forEach(Consumer<Slot> taker) {
        for (Slot place : places) {
            for (Slot at = place; at != null; at = at.next) {
                taker.accept(at);
            }
        }
    }

    /** Forgets all; what is kept is as much room as they took. */
    void clear() {
        Arrays.fill(places, null);
        size = 0;
    }

    /** In their order slots that belong to one place follow each other, so that each is put behind the last. */
    private void grow() {
        @Nullable Slot[] old = places;
        places = new @Nullable Slot[2 * old.length];
        int place = -1;
        Slot last = null;
        for (Slot head : old) {
            for (Slot at = head; at != null; ) {
                Slot next = at.next;
                at.next = null;
                if (last != null && place(at.id()) == place) {
                    last.next = at;
                } else {
                    place = place(at.id());
                    places[place] = at;
                }
                last = at;
                at = next;
            }
        }
    }

    private int place(EntryId id) {
        return (int) (id.high() >>> (Long.numberOfLeadingZeros(places.length) + 1));
    }
}
