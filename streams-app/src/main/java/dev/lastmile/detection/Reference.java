package dev.lastmile.detection;

import dev.lastmile.slice.Slice;
import org.jspecify.annotations.Nullable;

/**
 * What a slice and its rest are compared with: their part of a baseline, the slice's own or its nearest ancestor's.
 *
 * @param from whose baseline it is
 * @param own whether that is the slice itself
 * @param slice the slice's part
 * @param rest the part of its rest; absent where the baseline holds none, as for the overall slice
 * @param designEffect by how much the means of the baseline vary more than those of independent inferences, at least 1
 */
public record Reference(
        Slice from, boolean own, Group slice, @Nullable Group rest, double designEffect) {

    /** Scores hardly vary less than this; a smaller variance comes from too few of them. */
    static final double LEAST_VARIANCE = 0.004;

    /**
     * Scores of a group of inferences.
     *
     * @param received inferences accepted
     * @param labelled of those, labelled
     * @param scored N: of those, with a score; at least 1
     * @param mean b: their mean
     * @param variance v: their population variance
     */
    public record Group(long received, long labelled, long scored, double mean, double variance) {

        private static final double LEAST_MEAN = 0.02;

        public Group {
            if (scored < 1) {
                throw new IllegalArgumentException("scored must be >= 1: " + scored);
            }
        }

        /** v, or {@value Reference#LEAST_VARIANCE} where that is more. */
        double cautiousVariance() {
            return Math.max(variance, LEAST_VARIANCE);
        }

        /**
         * What v becomes when the mean rises from b by D: v·m(1−m)/(b(1−b)), m = b + D. Exact for right and wrong answers, near
         * enough for word error rates. It steers stakes only, so that an error costs delay and not validity; b is
         * taken as {@value #LEAST_MEAN} at least, and beyond a half nothing grows.
         *
         * @param rise D, at least 0
         */
        double varianceAfter(double rise) {
            double before = Math.min(0.5, Math.max(LEAST_MEAN, mean));
            double after = Math.min(0.5, before + rise);
            return cautiousVariance() * after * (1 - after) / (before * (1 - before));
        }

        /** v/N: the variance of b as an estimate. */
        double meanVariance() {
            return cautiousVariance() / scored;
        }
    }

    /** ρ = N_s/N_c, how much traffic the slice has for each inference of its rest; 0 without a rest. */
    public double trafficRatio() {
        return rest == null ? 0 : slice.scored() / (double) rest.scored();
    }

    /** Labelled over received in the slice's part; absent where nothing was counted as received. */
    public @Nullable Double coverage() {
        return slice.received() == 0 ? null : slice.labelled() / (double) slice.received();
    }
}
