package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.EntryTerms;
import dev.lastmile.topology.serde.JoinEntryCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The terms that entries of a segment share, by number. It lives and goes with its segment, so that what customers invent does
 * not pile up. Mutable.
 */
final class Dictionary implements JoinEntryCodec.KnownTerms {

    /** Terms beyond these are written with each entry. */
    private static final int MOST_TERMS = 10_000;

    private final Map<EntryTerms, Integer> numbers = new HashMap<>();
    private final List<EntryTerms> byNumber = new ArrayList<>();

    /** The number of these terms; {@link JoinEntryCodec#OWN_TERMS} where they have none. */
    int numberOf(EntryTerms terms) {
        return numbers.getOrDefault(terms, JoinEntryCodec.OWN_TERMS);
    }

    void clear() {
        numbers.clear();
        byNumber.clear();
    }

    boolean isFull() {
        return byNumber.size() >= MOST_TERMS;
    }

    /** Gives the next number to these terms. */
    int add(EntryTerms terms) {
        byNumber.add(terms);
        numbers.put(terms, byNumber.size());
        return byNumber.size();
    }

    @Override
    public EntryTerms get(int number) {
        if (number > byNumber.size()) {
            throw new IllegalStateException("the segment has no terms " + number);
        }
        return byNumber.get(number - 1);
    }
}
