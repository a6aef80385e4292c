package dev.lastmile.join;

/**
 * Records that wait for their other half.
 *
 * @param inferences for a ground truth
 * @param truths for their inference
 */
public record Waiting(long inferences, long truths) {

    public static final Waiting NOTHING = new Waiting(0, 0);
    static final Waiting INFERENCE = new Waiting(1, 0);

    public boolean isNothing() {
        return inferences == 0 && truths == 0;
    }
}
