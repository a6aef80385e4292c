package dev.lastmile.topology.serde;

import dev.lastmile.schema.SliceTerm;
import dev.lastmile.slice.Slice;
import java.util.List;

/** A slice as our contracts spell it. */
final class SliceTerms {

    private SliceTerms() {}

    static List<SliceTerm> of(Slice slice) {
        return slice.terms().stream()
                .map(term -> new SliceTerm(term.dimension(), term.value()))
                .toList();
    }
}
