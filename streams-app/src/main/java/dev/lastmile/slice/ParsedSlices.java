package dev.lastmile.slice;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The slices of names that were parsed before: messages and stores name the same ones all the time. One object a name also
 * spares comparing their terms. For all threads.
 */
final class ParsedSlices {

    /** What customers invent must not fill the heap: with so many entries, some 10 MB, it starts anew. */
    private static final int MOST = 20_000;

    private final Map<String, Slice> slices = new ConcurrentHashMap<>();

    /** The slice of a name; what the parser throws is passed on, and not remembered. */
    Slice of(String name, Function<String, Slice> parser) {
        Slice known = slices.get(name);
        if (known == null) {
            if (slices.size() >= MOST) {
                slices.clear();
            }
            known = parser.apply(name);
            slices.put(name, known);
        }
        return known;
    }
}
