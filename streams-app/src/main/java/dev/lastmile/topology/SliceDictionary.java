package dev.lastmile.topology;

import dev.lastmile.join.KnownInference;
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

    private final Map<Values, List<Slice>> slices = new HashMap<>();

    /** One object a slice: whoever counts by slice then finds it without comparing its names. */
    private final Map<Slice, Slice> each = new HashMap<>();

    private @Nullable Slicing last;
    private int lastFingerprint;

    /** Of one inference, under the slicing in force and the one it was accepted with. */
    private record Values(int inForce, int accepted, List<String> values) {}

    /** The slices; values that were declared under another slicing say nothing about those of this one. */
    List<Slice> slicesOf(KnownInference inference, Slicing slicing) {
        int fingerprint = fingerprintOf(slicing);
        Values values = new Values(fingerprint, inference.slicing(), inference.values());
        List<Slice> known = slices.get(values);
        if (known == null) {
            if (slices.size() >= MOST_ENTRIES) {
                slices.clear();
                each.clear();
            }
            known = made(inference, slicing, fingerprint);
            slices.put(values, known);
        }
        return known;
    }

    private List<Slice> made(KnownInference inference, Slicing slicing, int fingerprint) {
        if (inference.slicing() != fingerprint) {
            return List.of(Slice.OVERALL);
        }
        List<Slice> made = slicing.slicesOf(inference.values());
        made.replaceAll(slice -> each.computeIfAbsent(slice, its -> its));
        return made;
    }

    /** Of the slicing that was asked for last; few policies differ in it. */
    @SuppressWarnings("ReferenceEquality") // an equal one has the same fingerprint, which is only made again
    private int fingerprintOf(Slicing slicing) {
        if (slicing != last) {
            last = slicing;
            lastFingerprint = slicing.fingerprint();
        }
        return lastFingerprint;
    }
}
