package dev.lastmile.alert;

import dev.lastmile.score.Metric;
import org.jspecify.annotations.Nullable;

/**
 * What an alert must say besides the finding, in full; {@link AlertBook} sees to it that no more is told than may be.
 *
 * @param metric what is measured
 * @param slice what was counted of the slice since onset's bucket
 * @param rest the same of its rest; {@link Counted#NOTHING} where there is none
 * @param baseline what the baseline used holds of the slice; {@link Counted#NOTHING} without one
 * @param baselineVersion the baseline in force; absent without one
 * @param weight how much of one labelled inference each counts as, in (0, 1]
 * @param novelty what is known of a new condition; absent for any other claim
 * @param configurationHash of the settings in force
 * @param nowMs processing clock of the batch, epoch milliseconds
 */
public record AlertContext(
        Metric metric,
        Counted slice,
        Counted rest,
        Counted baseline,
        @Nullable String baselineVersion,
        double weight,
        @Nullable Novelty novelty,
        String configurationHash,
        long nowMs) {

    /**
     * What was counted of something.
     *
     * @param received inferences accepted
     * @param labelled of those, labelled
     * @param errors numerator of the metric
     * @param trials denominator of the metric
     */
    public record Counted(long received, long labelled, long errors, long trials) {

        /** A share of fewer than these, in tenths, tells numbers below eleven that are known to be that. */
        private static final long TELLING = 100;

        /** Of nothing. */
        public static final Counted NOTHING = new Counted(0, 0, 0, 0);

        /** Labelled over received; absent where that is not known, or of too few, or would tell how many too few there are. */
        @Nullable
        Double coverage() {
            boolean tells = labelled < SliceStanding.MINIMUM_SHOWN && received < TELLING;
            return received <= 0 || tells ? null : Shown.share(labelled / (double) received, received);
        }

        /** Errors over trials; absent where that is not known, or of too few. */
        @Nullable
        Double ratio() {
            return trials <= 0 ? null : Shown.ratio(errors / (double) trials, labelled);
        }
    }
}
