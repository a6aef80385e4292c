package dev.lastmile.detection;

import dev.lastmile.slice.Slice;
import dev.lastmile.slice.VersionSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finding that is worth a page, or the end of one: those of slices whose trouble another page already tells are not
 * among them.
 *
 * @param at which slice of which model version
 * @param finding what was found
 * @param companions slices that are suspect beside it when it fires, then those whose alarms it explains; in the order of
 *     slices
 * @param explainedBy the claim under which this one is told from now on; only for {@link Finding.Change#EXPLAINED}
 */
public record Sighting(
        VersionSlice at,
        Finding finding,
        List<Slice> companions,
        @Nullable Claim explainedBy) {

    public Sighting {
        companions = List.copyOf(companions);
    }

    /** A finding without companions. */
    public Sighting(VersionSlice at, Finding finding) {
        this(at, finding, List.of(), null);
    }
}
