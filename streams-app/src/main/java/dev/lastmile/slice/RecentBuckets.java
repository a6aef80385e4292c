package dev.lastmile.slice;

import dev.lastmile.stats.RatioSums;
import java.util.Arrays;
import java.util.NavigableMap;
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

    /** What a bucket holds is told to. */
    public interface Reader {

        /** One bucket. */
        void read(long bucketStartMs, Sums sums);
    }

    /** Ascending; the newest bucket, which changes most, is found first from the end. */
    private long[] startsMs = new long[4];

    private Sums[] sums = new Sums[4];
    private int size;

    /** Replaces what is known of a bucket. */
    public void put(long bucketStartMs, SliceCounts counts) {
        RatioSums ratio = counts.ratio();
        Sums its = new Sums(counts.received(), counts.labelled(), ratio.errors(), ratio.trials());
        int at = size;
        while (at > 0 && startsMs[at - 1] > bucketStartMs) {
            at--;
        }
        if (at > 0 && startsMs[at - 1] == bucketStartMs) {
            sums[at - 1] = its;
            return;
        }
        if (size < MAX_BUCKETS) {
            reserve();
            System.arraycopy(startsMs, at, startsMs, at + 1, size - at);
            System.arraycopy(sums, at, sums, at + 1, size - at);
            size++;
        } else if (at == 0) {
            return;
        } else {
            at--;
            System.arraycopy(startsMs, 1, startsMs, 0, at);
            System.arraycopy(sums, 1, sums, 0, at);
        }
        startsMs[at] = bucketStartMs;
        sums[at] = its;
    }

    /** Whether something was put into a bucket, or may have been and is forgotten here. */
    public boolean mayHold(long bucketStartMs) {
        int at = size;
        while (at > 0 && startsMs[at - 1] > bucketStartMs) {
            at--;
        }
        return at == 0 ? size == MAX_BUCKETS : startsMs[at - 1] == bucketStartMs;
    }

    private void reserve() {
        if (size == startsMs.length) {
            int more = Math.min(MAX_BUCKETS, 2 * size);
            startsMs = Arrays.copyOf(startsMs, more);
            sums = Arrays.copyOf(sums, more);
        }
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Start of the newest bucket; refused where there is none. */
    public long newestStartMs() {
        if (size == 0) {
            throw new IllegalStateException("no buckets, so no newest");
        }
        return startsMs[size - 1];
    }

    /** Goes through the buckets, oldest first. */
    public void forEach(Reader reader) {
        for (int i = 0; i < size; i++) {
            reader.read(startsMs[i], sums[i]);
        }
    }

    /** By start of the bucket, oldest first. */
    public NavigableMap<Long, Sums> all() {
        NavigableMap<Long, Sums> all = new TreeMap<>();
        forEach(all::put);
        return all;
    }

    /** The sums of the buckets that start in [fromMs, toExclusiveMs). */
    public Sums between(long fromMs, long toExclusiveMs) {
        if (fromMs > toExclusiveMs) {
            throw new IllegalArgumentException("from must be <= to: " + fromMs + ", " + toExclusiveMs);
        }
        Sums sum = Sums.NONE;
        for (int i = 0; i < size; i++) {
            if (startsMs[i] >= fromMs && startsMs[i] < toExclusiveMs) {
                sum = sum.plus(sums[i]);
            }
        }
        return sum;
    }

    /** The sums of the newest buckets, as many as it takes to hold {@code labelled} labels, or all. */
    public Sums newest(long labelled) {
        long received = 0;
        long sum = 0;
        long errors = 0;
        long trials = 0;
        for (int i = size - 1; i >= 0 && sum < labelled; i--) {
            received += sums[i].received();
            sum += sums[i].labelled();
            errors += sums[i].errors();
            trials += sums[i].trials();
        }
        return new Sums(received, sum, errors, trials);
    }
}
