package dev.lastmile.detection;

/**
 * What one slice was like in a baseline.
 *
 * @param received inferences accepted
 * @param labelled of those, with a ground truth
 * @param scored of those, with a score: an empty reference, or the other class for a false positive rate, has none
 * @param errors numerator, in the metric's units
 * @param trials denominator, in the metric's units
 * @param mean mean score in [0,1]; 0 when nothing was scored
 * @param variance population variance of the scores; 0 when nothing was scored
 */
public record SliceBaseline(
        long received, long labelled, long scored, long errors, long trials, double mean, double variance) {

    /** No score in [0,1] can vary more, by Popoviciu's inequality; the excess allows for rounding. */
    private static final double GREATEST_VARIANCE = 0.25 + 1e-9;

    public SliceBaseline {
        requireNotNegative("received", received);
        requireNotNegative("labelled", labelled);
        requireNotNegative("scored", scored);
        requireNotNegative("errors", errors);
        requireNotNegative("trials", trials);
        if (labelled > received || scored > labelled) {
            throw new IllegalArgumentException(
                    "received >= labelled >= scored must hold: " + received + ", " + labelled + ", " + scored);
        }
        if (!(mean >= 0 && mean <= 1)) {
            throw new IllegalArgumentException("mean must be in [0, 1]: " + mean);
        }
        if (!(variance >= 0 && variance <= GREATEST_VARIANCE)) {
            throw new IllegalArgumentException("variance must be in [0, 0.25]: " + variance);
        }
    }

    /** A slice all of whose labelled inferences have a score. */
    public SliceBaseline(long received, long labelled, long errors, long trials, double mean, double variance) {
        this(received, labelled, labelled, errors, trials, mean, variance);
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must be >= 0: " + value);
        }
    }
}
