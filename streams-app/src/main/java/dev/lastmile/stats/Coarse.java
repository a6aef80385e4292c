package dev.lastmile.stats;

/**
 * Numbers as others may see them, of something whose size they must not learn.
 *
 * <p>A ratio in full says what it is a ratio of: 0.2857142857 is two of seven, or of a multiple of seven. To the nearest part of the
 * largest of 10, 20, 50, 100, … that is not more than what it rests on, it may rest on any number from there on: whatever n is, some k/n
 * is as near. And finer than that it holds but noise, as a ratio of n varies by 1/(2·√n) or so.
 *
 * <p>Counts are given as the largest of the same numbers that is not more. So whatever is told of a count, it is told again which two
 * of these it lies between, and nothing else.
 */
public final class Coarse {

    private static final long LEAST = 10;

    /** Finer is of no use to anybody. */
    private static final long MOST_PARTS = 10_000;

    private Coarse() {}

    /**
     * To the nearest part.
     *
     * @param ratio or a difference of some
     * @param restsOn n: what it is a ratio of; of several the least
     */
    public static double ratio(double ratio, long restsOn) {
        long parts = parts(restsOn);
        return Math.round(ratio * parts) / (double) parts;
    }

    /** {@link #ratio}, but not above it. */
    public static double atMost(double ratio, long restsOn) {
        long parts = parts(restsOn);
        return Math.floor(ratio * parts) / parts;
    }

    /** {@link #ratio}, but not below it. */
    public static double atLeast(double ratio, long restsOn) {
        long parts = parts(restsOn);
        return Math.ceil(ratio * parts) / parts;
    }

    /**
     * How many of some are something else, where neither is known: of a ratio of counts each part is ten of the whole or more, but for
     * wholes of less than a hundred.
     */
    public static double share(double share, long whole) {
        return ratio(share, whole / LEAST);
    }

    /** So many or more: the largest of 10, 20, 50, 100, …; 0 for fewer than ten. */
    public static long count(long count) {
        if (count < LEAST) {
            return 0;
        }
        long decade = LEAST;
        while (decade <= count / 10) {
            decade *= 10;
        }
        if (decade <= count / 5) {
            return 5 * decade;
        }
        return decade <= count / 2 ? 2 * decade : decade;
    }

    private static long parts(long restsOn) {
        return Math.max(LEAST, count(Math.min(restsOn, MOST_PARTS)));
    }
}
