package dev.lastmile.slice;

import dev.lastmile.stats.RatioSums;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** The newest buckets of one slice, for charts, recent ratios and coverage. Mutable, bounded. */
public final class RecentBuckets {

    /** Older buckets are forgotten here; the totals still hold them. */
    public static final int MAX_BUCKETS = 60;

    /**
     * Sums of one or more buckets.
     *
     * @param received inferences accepted
     * @param labelled of those, labelled
     * @param errors numerator
     * @param trials denominator
     */
    public record Sums(long received, long labelled, long errors, long trials) {

        private static final Sums NONE = new Sums(0, 0, 0, 0);

        Sums plus(Sums other) {
            return new Sums(
                    received + other.received, labelled + other.labelled, errors + other.errors, trials + other.trials);
        }
    }

    private final NavigableMap<Long, Sums> buckets = new TreeMap<>();

    /** Replaces what is known of a bucket. */
    public void put(long bucketStartMs, SliceCounts counts) {
        RatioSums ratio = counts.ratio();
        buckets.put(bucketStartMs, new Sums(counts.received(), counts.labelled(), ratio.errors(), ratio.trials()));
        if (buckets.size() > MAX_BUCKETS) {
            buckets.pollFirstEntry();
        }
    }

    /** By start of the bucket, oldest first. */
    public SortedMap<Long, Sums> all() {
        return new TreeMap<>(buckets);
    }

    /** The sums of the buckets that start in [fromMs, toExclusiveMs). */
    public Sums between(long fromMs, long toExclusiveMs) {
        Sums sum = Sums.NONE;
        for (Sums bucket : buckets.subMap(fromMs, toExclusiveMs).values()) {
            sum = sum.plus(bucket);
        }
        return sum;
    }

    /** The sums of the newest buckets, as many as it takes to hold {@code labelled} labels, or all. */
    public Sums newest(long labelled) {
        Sums sum = Sums.NONE;
        for (Sums bucket : buckets.descendingMap().values()) {
            if (sum.labelled() >= labelled) {
                break;
            }
            sum = sum.plus(bucket);
        }
        return sum;
    }
}
