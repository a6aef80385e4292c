package dev.lastmile.score;

import java.util.OptionalInt;

/**
 * How wrong one labelled inference was.
 *
 * @param errors numerator, in {@link Metric#unitsPerTrial()} units
 * @param trials denominator; 0 when this inference is no chance to err (an empty reference, or the other class for a
 *     false positive rate)
 * @param substitutions words replaced, 0 if not known
 * @param deletions words missing, 0 if not known
 * @param insertions words added, 0 if not known
 * @param emptyReference the reference holds no word, so that edits have nothing to be a share of: counted apart
 */
public record Score(
        long errors, long trials, long substitutions, long deletions, long insertions, boolean emptyReference) {

    private static final int TOP_BIN = 20;

    public Score {
        if (errors < 0) {
            throw new IllegalArgumentException("errors must be >= 0: " + errors);
        }
        if (trials < 0) {
            throw new IllegalArgumentException("trials must be >= 0: " + trials);
        }
    }

    /** A score without kinds of errors. */
    public static Score of(long errors, long trials) {
        return new Score(errors, trials, 0, 0, 0, false);
    }

    /**
     * The level that detectors bet on, {@code round(20*min(errors/trials, 1))}, halves up; empty when there was no trial.
     */
    public OptionalInt bin() {
        if (trials == 0) {
            return OptionalInt.empty();
        }
        if (errors >= trials) {
            return OptionalInt.of(TOP_BIN);
        }
        return OptionalInt.of((int) ((2 * TOP_BIN * errors + trials) / (2 * trials)));
    }
}
