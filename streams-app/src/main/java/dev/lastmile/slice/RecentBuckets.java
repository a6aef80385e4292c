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

        /** Of no bucket. */
        public static final Sums NONE = new Sums(0, 0, 0, 0);

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

    private static final int NUMBERS = 5;
    private static final int RECEIVED = 1;
    private static final int LABELLED = 2;
    private static final int ERRORS = 3;
    private static final int TRIALS = 4;

    /**
     * The start of a bucket and what {@link Sums} has of it, one after the other: there are very many of them. Ascending; the newest
     * bucket, which changes most, is found first from the end.
     */
    private long[] numbers = new long[4 * NUMBERS];

    private int size;

    /** Replaces what is known of a bucket. */
    public void put(long bucketStartMs, SliceCounts counts) {
        int at = size;
        while (at > 0 && startMs(at - 1) > bucketStartMs) {
            at--;
        }
        if (at > 0 && startMs(at - 1) == bucketStartMs) {
            at--;
        } else if (size < MAX_BUCKETS) {
            reserve();
            move(at, at + 1, size - at);
            size++;
        } else if (at == 0) {
            return;
        } else {
            at--;
            move(1, 0, at);
        }
        RatioSums ratio = counts.ratio();
        int first = at * NUMBERS;
        numbers[first] = bucketStartMs;
        numbers[first + RECEIVED] = counts.received();
        numbers[first + LABELLED] = counts.labelled();
        numbers[first + ERRORS] = ratio.errors();
        numbers[first + TRIALS] = ratio.trials();
    }

    private void move(int from, int to, int count) {
        System.arraycopy(numbers, from * NUMBERS, numbers, to * NUMBERS, count * NUMBERS);
    }

    private long startMs(int at) {
        return numbers[at * NUMBERS];
    }

    private Sums sums(int at) {
        int first = at * NUMBERS;
        return new Sums(
                numbers[first + RECEIVED], numbers[first + LABELLED], numbers[first + ERRORS], numbers[first + TRIALS]);
    }

    /** Whether something was put into a bucket, or may have been and is forgotten here. */
    public boolean mayHold(long bucketStartMs) {
        int at = size;
        while (at > 0 && startMs(at - 1) > bucketStartMs) {
            at--;
        }
        return at == 0 ? size == MAX_BUCKETS : startMs(at - 1) == bucketStartMs;
    }

    private void reserve() {
        if (size * NUMBERS == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.min(MAX_BUCKETS, 2 * size) * NUMBERS);
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
        return startMs(size - 1);
    }

    /** Goes through the buckets, oldest first. */
    public void forEach(Reader reader) {
        for (int i = 0; i < size; i++) {
            reader.read(startMs(i), sums(i));
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
            if (startMs(i) >= fromMs && startMs(i) < toExclusiveMs) {
                sum = sum.plus(sums(i));
            }
        }
        return sum;
    }

    /** The sums of the newest buckets, as many as it takes to hold {@code labelled} labels, or all. */
    public Sums newest(long labelled) {
        Sums sum = Sums.NONE;
        for (int i = size - 1; i >= 0 && sum.labelled() < labelled; i--) {
            sum = sum.plus(sums(i));
        }
        return sum;
    }
}
