package dev.lastmile.score;

import java.util.ArrayList;
import java.util.List;

/** Opens word alignment to the benchmarks: nobody else has a use for it beside {@link Scorer}. */
public final class AlignmentLoop {

    private final List<Words> references = new ArrayList<>();
    private final List<Words> outputs = new ArrayList<>();
    private int next;

    /** One more of the pairs that are aligned in turn. */
    public void prepare(String reference, String output) {
        references.add(Normalisation.DEFAULT.scan(reference));
        outputs.add(Normalisation.DEFAULT.scan(output));
    }

    /** The fewest edits of the next pair. */
    public int edits() {
        next = next + 1 == references.size() ? 0 : next + 1;
        return WordAlignment.align(references.get(next), outputs.get(next)).edits();
    }
}
