package dev.lastmile.detection;

/** What is claimed about a slice, the most specific claim first; those that detectors make have a budget of their own each. */
public enum Verdict {
    /** The slice got worse by more than the rest did: a difference in differences. */
    DISPARATE_DEGRADATION,
    /** The slice is worse than its own baseline. */
    DEGRADATION,
    /** The slice is worse than the rest by more than a fixed gap; needs no baseline. */
    DISPARITY,
    /**
     * The share of the slice's inferences that get a label fell by more than the rest's did. No claim about errors, but one
     * about what is known of them: labels that come selectively make any error rate untrustworthy.
     */
    LABEL_COVERAGE,
    /** The slice was never seen in the baseline. A fact, not a test: it has no budget. */
    NEW_CONDITION;

    /** Whether it compares error rates. */
    public boolean isAboutErrors() {
        return switch (this) {
            case DISPARATE_DEGRADATION, DEGRADATION, DISPARITY -> true;
            case LABEL_COVERAGE, NEW_CONDITION -> false;
        };
    }

    /** Whether it compares a slice with its rest, so that a shift that both share cancels. */
    boolean hasRest() {
        return switch (this) {
            case DISPARATE_DEGRADATION, DISPARITY, LABEL_COVERAGE -> true;
            case DEGRADATION, NEW_CONDITION -> false;
        };
    }
}
