package dev.lastmile.stats;

/**
 * A closed interval of a rate or of a difference of rates.
 *
 * @param lower lower end, never above {@code upper}
 * @param upper upper end
 */
public record Interval(double lower, double upper) {

    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("lower must be <= upper: " + lower + ", " + upper);
        }
    }

    /** The part of this interval that lies in [low, high]; the nearest point where they do not meet. */
    public Interval clampedTo(double low, double high) {
        return new Interval(Math.min(high, Math.max(low, lower)), Math.max(low, Math.min(high, upper)));
    }
}
