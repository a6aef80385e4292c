package dev.lastmile.local.simulation.traffic;

/** The standard normal distribution. */
public final class Normal {

    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    /** Beyond this the tail is less than 10⁻¹⁵. */
    private static final double FAR = 8;

    private Normal() {}

    /** φ(x). */
    static double density(double x) {
        return Math.exp(-x * x / 2) / ROOT_TWO_PI;
    }

    /** Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …), to about 10⁻¹⁵. */
    public static double cdf(double x) {
        if (x < -FAR) {
            return 0;
        }
        if (x > FAR) {
            return 1;
        }
        double term = x;
        double sum = x;
        for (int odd = 3; Math.abs(term) > 1e-17; odd += 2) {
            term *= x * x / odd;
            sum += term;
        }
        return Math.min(1, Math.max(0, 0.5 + sum * density(x)));
    }

    /** The inverse of {@link #cdf}, to about 10⁻¹²; ±8 for 1 and 0. */
    public static double quantile(double probability) {
        double low = -FAR;
        double high = FAR;
        for (int halving = 0; halving < 45; halving++) {
            double middle = (low + high) / 2;
            if (cdf(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
