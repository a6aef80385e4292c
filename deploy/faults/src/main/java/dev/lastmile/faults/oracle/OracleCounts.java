package dev.lastmile.faults.oracle;

/**
 * What is counted of a slice, over all time or in one bucket.
 *
 * @param received accepted inferences
 * @param labelled those with a standing truth, empty references included
 * @param emptyReferences those whose true transcript holds no word: labelled, but in none of the following
 * @param errors numerator of the metric, by the standing truths
 * @param trials denominator
 * @param substitutions words replaced, where several alignments are as short the most possible; 0 for labels
 * @param deletions words missing
 * @param insertions words added
 */
public record OracleCounts(
        long received,
        long labelled,
        long emptyReferences,
        long errors,
        long trials,
        long substitutions,
        long deletions,
        long insertions) {

    /** Counted nothing yet. */
    public static final OracleCounts NONE = new OracleCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /** An inference without a truth. */
    static final OracleCounts UNLABELLED = new OracleCounts(1, 0, 0, 0, 0, 0, 0, 0);

    /** An inference whose reference is empty. */
    static final OracleCounts EMPTY_REFERENCE = new OracleCounts(1, 1, 1, 0, 0, 0, 0, 0);

    /** An inference whose label was right or wrong, or no chance to err. */
    static OracleCounts label(long errors, long trials) {
        return new OracleCounts(1, 1, 0, errors, trials, 0, 0, 0);
    }

    /** An inference whose transcript has these edits. */
    static OracleCounts words(long substitutions, long deletions, long insertions, long referenceWords) {
        long errors = substitutions + deletions + insertions;
        return new OracleCounts(1, 1, 0, errors, referenceWords, substitutions, deletions, insertions);
    }

    /** Word edits of all kinds. */
    public long edits() {
        return substitutions + deletions + insertions;
    }

    OracleCounts plus(OracleCounts other) {
        return new OracleCounts(
                received + other.received,
                labelled + other.labelled,
                emptyReferences + other.emptyReferences,
                errors + other.errors,
                trials + other.trials,
                substitutions + other.substitutions,
                deletions + other.deletions,
                insertions + other.insertions);
    }
}
