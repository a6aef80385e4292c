package dev.lastmile.topology.waiting;

import dev.lastmile.join.Traits;
import dev.lastmile.topology.serde.JoinEntryCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The traits that entries of a segment share, by number. It lives and goes with its segment, so that what customers invent does
 * not pile up. Mutable.
 */
final class Dictionary implements JoinEntryCodec.KnownTraits {

    /** Traits beyond these are written with each entry. */
    private static final int MOST_TRAITS = 10_000;

    private final Map<Traits, Integer> numbers = new HashMap<>();
    private final List<Traits> byNumber = new ArrayList<>();

    /** The number of these traits; {@link JoinEntryCodec#OWN_TRAITS} where they have none. */
    int numberOf(Traits traits) {
        return numbers.getOrDefault(traits, JoinEntryCodec.OWN_TRAITS);
    }

    void clear() {
        numbers.clear();
        byNumber.clear();
    }

    boolean isFull() {
        return byNumber.size() >= MOST_TRAITS;
    }

    /** Gives the next number to these traits. */
    int add(Traits traits) {
        byNumber.add(traits);
        numbers.put(traits, byNumber.size());
        return byNumber.size();
    }

    @Override
    public Traits get(int number) {
        if (number > byNumber.size()) {
            throw new IllegalStateException("the segment has no traits " + number);
        }
        return byNumber.get(number - 1);
    }
}
