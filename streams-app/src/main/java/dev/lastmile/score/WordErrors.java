package dev.lastmile.score;

/**
 * The fewest word edits that turn a reference into an output, by kind.
 *
 * @param substitutions words replaced by another
 * @param deletions words of the reference that the output lacks
 * @param insertions words of the output that the reference lacks
 * @param referenceWords words of the reference, the denominator of the word error rate; may be 0
 */
record WordErrors(int substitutions, int deletions, int insertions, int referenceWords) {

    WordErrors {
        if (substitutions < 0 || deletions < 0 || insertions < 0) {
            throw new IllegalArgumentException(
                    "edits must be >= 0: " + substitutions + ", " + deletions + ", " + insertions);
        }
        if (substitutions + deletions > referenceWords) {
            throw new IllegalArgumentException("substitutions and deletions must be at most the reference's "
                    + referenceWords + " words: " + substitutions + ", " + deletions);
        }
    }

    /** All edits, each 1: the numerator of the word error rate. May exceed {@link #referenceWords()}. */
    int edits() {
        return substitutions + deletions + insertions;
    }
}
