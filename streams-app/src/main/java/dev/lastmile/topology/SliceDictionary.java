package dev.lastmile.topology;

import dev.lastmile.join.KnownInference;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.Slicing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The slices of an inference's values, made once for all inferences that have the same ones. Mutable. */
final class SliceDictionary {

    /** What customers invent must not fill the heap: with so many entries it starts anew. */
    private static final int MOST_ENTRIES = 50_000;

    private final Map<Values, List<Slice>> slices = new HashMap<>();

    /** Of one inference, under the slicing in force and the one it was accepted with. */
    private record Values(int inForce, int accepted, List<String> values) {}

    /** The slices; values that were declared under another slicing say nothing about those of this one. */
    List<Slice> slicesOf(KnownInference inference, Slicing slicing) {
        int fingerprint = slicing.fingerprint();
        Values values = new Values(fingerprint, inference.slicing(), inference.values());
        List<Slice> known = slices.get(values);
        if (known == null) {
            known = inference.slicing() == fingerprint ? slicing.slicesOf(inference.values()) : List.of(Slice.OVERALL);
            if (slices.size() >= MOST_ENTRIES) {
                slices.clear();
            }
            slices.put(values, known);
        }
        return known;
    }
}
