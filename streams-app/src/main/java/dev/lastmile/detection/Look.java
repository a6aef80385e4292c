package dev.lastmile.detection;

/**
 * The circumstances of one update: how much of the false-alarm budget has been granted, how much a label counts, and which
 * event-time bucket its labels belong to.
 *
 * @param granted labelled inferences' worth of budget that a slice has been granted since ever, see {@link BudgetShares};
 *     the sum over slices grows by at most one a labelled inference
 * @param weight how much of a labelled inference one counts as, in (0, 1]: less than 1 where those of a session hang
 *     together
 * @param parentScores scores so far of the slice's {@link dev.lastmile.slice.Slice#parent() parent} in this model version,
 *     those of this batch included: how large the rest is; of no effect for the overall slice
 * @param bucketStartMs start of the bucket, event time in epoch milliseconds
 * @param bucketEndExclusiveMs end of the bucket
 */
public record Look(double granted, double weight, long parentScores, long bucketStartMs, long bucketEndExclusiveMs) {

    public Look {
        if (!(granted >= 0) || Double.isInfinite(granted)) {
            throw new IllegalArgumentException("granted must be >= 0 and finite: " + granted);
        }
        if (!(weight > 0 && weight <= 1)) {
            throw new IllegalArgumentException("weight must be in (0, 1]: " + weight);
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
