package dev.lastmile.event;

import java.util.Locale;

/**
 * What became of a record. Every record a customer sends ends in exactly one of these; {@link Ledger} documents the
 * identities between them.
 */
public enum Disposition {
    /** A record of the inferences topic that nobody can judge before the schema registry answers. */
    INFERENCE_UNDECIDED,
    /** An inference waiting for its ground truth. */
    INFERENCE_WAITING,
    /** An inference whose error is known. */
    INFERENCE_JOINED,
    /** An inference whose ground truth did not come within the horizon. */
    INFERENCE_EXPIRED,
    /** An inference seen before, with the same content. */
    INFERENCE_DUPLICATE,
    /** An inference whose id was used before with other content; the first one stands. */
    INFERENCE_CONFLICTING,
    /** An inference that could not be accepted; it is in the dead letters with a reason. */
    INFERENCE_DEAD_LETTERED,
    /** A record of the ground-truth topic that nobody can judge before the schema registry answers. */
    TRUTH_UNDECIDED,
    /** A ground truth waiting for its inference. */
    TRUTH_WAITING,
    /** A ground truth that labelled an inference for the first time. */
    TRUTH_JOINED,
    /** A ground truth of a higher revision that replaced the standing one. */
    TRUTH_CORRECTION_APPLIED,
    /** A ground truth of a lower revision than the one already standing. */
    TRUTH_SUPERSEDED,
    /** A ground truth observed after its inference's horizon, first version or correction. */
    TRUTH_TOO_LATE,
    /** A ground truth whose inference never came. */
    TRUTH_EXPIRED,
    /** A ground truth whose revision was seen before, with the same content. */
    TRUTH_DUPLICATE,
    /** A ground truth whose revision was seen before with other content; the first one stands. */
    TRUTH_CONFLICTING,
    /** A ground truth that could not be accepted; it is in the dead letters with a reason. */
    TRUTH_DEAD_LETTERED;

    /** The name on metrics and in reports: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether records leave this state again, so that its count also falls. */
    public boolean isPassing() {
        return switch (this) {
            case INFERENCE_UNDECIDED, INFERENCE_WAITING, TRUTH_UNDECIDED, TRUTH_WAITING -> true;
            case INFERENCE_JOINED,
                    INFERENCE_EXPIRED,
                    INFERENCE_DUPLICATE,
                    INFERENCE_CONFLICTING,
                    INFERENCE_DEAD_LETTERED,
                    TRUTH_JOINED,
                    TRUTH_CORRECTION_APPLIED,
                    TRUTH_SUPERSEDED,
                    TRUTH_TOO_LATE,
                    TRUTH_EXPIRED,
                    TRUTH_DUPLICATE,
                    TRUTH_CONFLICTING,
                    TRUTH_DEAD_LETTERED -> false;
        };
    }

    /** Whether this counts ground truths; inferences otherwise. */
    public boolean isOfTruth() {
        return name().startsWith("TRUTH_");
    }
}
