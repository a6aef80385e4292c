package dev.lastmile.topology;

import java.time.Duration;

/**
 * What a deployment may use at most.
 *
 * @param valuesPerDimension distinct values of one dimension; later ones count as {@code __other__}
 * @param liveSlices slices with statistics of their own; a new intersection beyond it counts as {@code __other__}
 * @param maxAge how old an event may be when the broker appends it
 */
public record Limits(int valuesPerDimension, int liveSlices, Duration maxAge) {

    /** Of {@code maxAge}: ten years. */
    public static final Duration LONGEST_AGE = Duration.ofDays(3_650);

    public static final Limits DEFAULT = new Limits(64, 1_000, Duration.ofDays(7));

    public Limits {
        if (valuesPerDimension < 1 || valuesPerDimension > 10_000) {
            throw new IllegalArgumentException("valuesPerDimension must be in [1, 10000]: " + valuesPerDimension);
        }
        if (liveSlices < 1 || liveSlices > 100_000) {
            throw new IllegalArgumentException("liveSlices must be in [1, 100000]: " + liveSlices);
        }
        if (maxAge.isNegative() || maxAge.compareTo(LONGEST_AGE) > 0) {
            throw new IllegalArgumentException("maxAge must be in [PT0S, P3650D]: " + maxAge);
        }
    }
}
