package dev.lastmile.score;

import java.util.List;

/** Opens word alignment to the benchmarks: nobody else has a use for it beside {@link Scorer}. */
public final class AlignmentLoop {

    private AlignmentLoop() {}

    /** The fewest edits. */
    public static int edits(List<String> reference, List<String> output) {
        return WordAlignment.align(reference, output).edits();
    }
}
