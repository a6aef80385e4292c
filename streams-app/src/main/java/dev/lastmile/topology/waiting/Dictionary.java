package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.JoinEntryCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What entries of a segment name by a number. It lives and goes with its segment, so that what customers invent does not pile
 * up. Mutable.
 */
final class Dictionary<T> {

    /** What comes after these is written with each entry. */
    private static final int MOST = 10_000;

    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> byNumber = new ArrayList<>();

    /** Its number; {@link JoinEntryCodec#OWN} where it has none. */
    int numberOf(T named) {
        return numbers.getOrDefault(named, JoinEntryCodec.OWN);
    }

    void clear() {
        numbers.clear();
        byNumber.clear();
    }

    boolean isFull() {
        return byNumber.size() >= MOST;
    }

    /** Gives it the next number. */
    int add(T named) {
        byNumber.add(named);
        numbers.put(named, byNumber.size());
        return byNumber.size();
    }

    T get(int number) {
        if (number > byNumber.size()) {
            throw new IllegalStateException("the segment has no number " + number);
        }
        return byNumber.get(number - 1);
    }
}
