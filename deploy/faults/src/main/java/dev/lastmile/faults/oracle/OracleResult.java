package dev.lastmile.faults.oracle;

import java.util.Map;

/**
 * What the stream must have computed once it has seen everything.
 *
 * @param slices counts over all time
 * @param buckets counts of each bucket
 * @param ledgers by {@code customer/deployment}: every disposition's name to its count, zeros included
 */
public record OracleResult(
        Map<SliceKey, OracleCounts> slices,
        Map<BucketKey, OracleCounts> buckets,
        Map<String, Map<String, Long>> ledgers) {

    /**
     * One slice of one model version.
     *
     * @param slice {@code overall} or {@code noise=imaging,accent=scottish}, with {@code % , =} in values percent-escaped
     */
    public record SliceKey(String customer, String deployment, String modelVersion, String slice) {}

    /**
     * One bucket of a slice.
     *
     * @param startMs inclusive, epoch milliseconds UTC
     */
    public record BucketKey(SliceKey slice, long startMs) {}

    /** Counts over all time; none for a slice that nothing fell into. */
    public OracleCounts slice(String customer, String deployment, String modelVersion, String slice) {
        return slices.getOrDefault(new SliceKey(customer, deployment, modelVersion, slice), OracleCounts.NONE);
    }

    /** The count of one disposition of a deployment. */
    public long ledger(String customer, String deployment, String disposition) {
        Long count = ledgers.getOrDefault(customer + "/" + deployment, Map.of()).get(disposition);
        if (count == null) {
            throw new IllegalArgumentException(
                    "not in the ledgers: " + customer + "/" + deployment + " " + disposition);
        }
        return count;
    }
}
