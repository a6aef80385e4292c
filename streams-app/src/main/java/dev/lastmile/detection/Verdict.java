package dev.lastmile.detection;

/** What a detector claims about a slice; each has a false-alarm budget of its own. */
public enum Verdict {
    /** The slice got worse by more than the rest did: a difference in differences. */
    DISPARATE_DEGRADATION,
    /** The slice is worse than its own baseline. */
    DEGRADATION,
    /** The slice is worse than the rest by more than a fixed gap; needs no baseline. */
    DISPARITY
}
