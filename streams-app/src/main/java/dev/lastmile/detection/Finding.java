package dev.lastmile.detection;

/**
 * What a detector has to say after an update, of a verdict that fires or did until now.
 *
 * @param verdict which verdict
 * @param change what happened
 * @param effect since onset; for {@link Change#CLEARED}, since the recovery began
 */
public record Finding(Verdict verdict, Change change, Effect effect) {

    /** What happened to a verdict. */
    public enum Change {
        /** It began to fire. */
        FIRED,
        /** It fires still, and its numbers have moved. */
        UPDATED,
        /** The effect was shown to be below {@link DetectionSettings#clearEffect()}, or below half of what it was. */
        CLEARED,
        /** It fires still, but another claim turned out to tell the same trouble better. */
        EXPLAINED
    }
}
