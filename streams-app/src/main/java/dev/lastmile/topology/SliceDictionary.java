package dev.lastmile.topology;

import dev.lastmile.join.Traits;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.Slicing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The slices of an inference's values, made once for all inferences that have the same ones. Mutable. */
final class SliceDictionary {

    /** What customers invent must not fill the heap: with so many entries it starts anew. */
    private static final int MOST_ENTRIES = 50_000;

    private final Map<Slicing, Map<Traits, List<Slice>>> slices = new HashMap<>();

    /** One object a slice: whoever counts by slice then finds it without comparing its names. */
    private final Map<Slice, Slice> each = new HashMap<>();

    private int entries;

    /** The slicing that was asked for last: few policies differ in it. */
    private @Nullable Slicing last;

    private Map<Traits, List<Slice>> ofLast = Map.of();

    /**
     * The slices.
     *
     * @param traits of the inference; values that were declared under another slicing say nothing about those of this one
     * @param slicing the one in force
     */
    @SuppressWarnings("ReferenceEquality") // an equal one is only looked up again
    List<Slice> slicesOf(Traits traits, Slicing slicing) {
        if (entries >= MOST_ENTRIES) {
            slices.clear();
            each.clear();
            entries = 0;
            last = null;
        }
        if (slicing != last) {
            last = slicing;
            ofLast = slices.computeIfAbsent(slicing, any -> new HashMap<>());
        }
        return ofLast.computeIfAbsent(traits, any -> made(traits, slicing));
    }

    private List<Slice> made(Traits traits, Slicing slicing) {
        entries++;
        if (traits.slicing() != slicing.fingerprint()) {
            return List.of(Slice.OVERALL);
        }
        List<Slice> made = slicing.slicesOf(traits.values());
        made.replaceAll(slice -> each.computeIfAbsent(slice, its -> its));
        return made;
    }
}
