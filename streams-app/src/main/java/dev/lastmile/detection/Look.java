package dev.lastmile.detection;

/**
 * The circumstances of one update: when it happens on the clock of the false-alarm budget, and which event-time bucket
 * its labels belong to.
 *
 * @param clock labelled inferences of the deployment so far, those of this batch included
 * @param share π_s: this slice's share of the budget now; the shares of a deployment's slices sum to at most 1
 * @param parentScores scores so far of the slice's {@link dev.lastmile.slice.Slice#parent() parent} in this model version,
 *     those of this batch included: how large the rest is; of no effect for the overall slice
 * @param bucketStartMs start of the bucket, event time in epoch milliseconds
 * @param bucketEndExclusiveMs end of the bucket
 * @param nowMs processing clock of the batch, epoch milliseconds
 */
public record Look(
        double clock, double share, long parentScores, long bucketStartMs, long bucketEndExclusiveMs, long nowMs) {

    public Look {
        if (!(clock >= 0) || Double.isInfinite(clock)) {
            throw new IllegalArgumentException("clock must be >= 0 and finite: " + clock);
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in [0, 1]: " + share);
        }
        if (parentScores < 0) {
            throw new IllegalArgumentException("parentScores must be >= 0: " + parentScores);
        }
        if (bucketEndExclusiveMs <= bucketStartMs) {
            throw new IllegalArgumentException(
                    "bucketEndExclusiveMs must be > bucketStartMs: " + bucketStartMs + ", " + bucketEndExclusiveMs);
        }
    }
}
