package dev.lastmile.topology.waiting;

import dev.lastmile.join.JoinEntry;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an id since the last save: an entry, that there is none, or nothing yet. Of use until the next save. Mutable.
 */
public final class Slot {

    /** Text that takes as much on the heap as an entry without text. */
    private static final int ENTRY_CHARACTERS = 300;

    private final long high;
    private final long low;
    private @Nullable JoinEntry entry;
    private boolean changed;

    /** The one after this in the order of ids, among those that {@link Slots} keeps in one place. */
    @Nullable
    Slot next;

    Slot(EntryId id, @Nullable Slot next) {
        high = id.high();
        low = id.low();
        this.next = next;
    }

    EntryId id() {
        return new EntryId(high, low);
    }

    /** As {@link EntryId#compareTo}, without a look at another object. */
    int compareTo(EntryId id) {
        int byHigh = Long.compareUnsigned(high, id.high());
        return byHigh == 0 ? Long.compareUnsigned(low, id.low()) : byHigh;
    }

    @Nullable
    JoinEntry entry() {
        return entry;
    }

    /** Whether the entry is another than what is stored. */
    boolean isChanged() {
        return changed;
    }

    /** Takes what is stored. */
    void find(JoinEntry stored) {
        entry = stored;
    }

    /** Takes an entry in place of what is stored. */
    void change(JoinEntry newEntry) {
        entry = newEntry;
        changed = true;
    }

    /** About what it takes on the heap, as a multiple of an entry without text. */
    int weight() {
        JoinEntry its = entry;
        return its == null ? 1 : 1 + its.textLength() / ENTRY_CHARACTERS;
    }
}
