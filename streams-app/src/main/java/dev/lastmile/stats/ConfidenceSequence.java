package dev.lastmile.stats;

/**
 * Intervals of a mean that stay valid however often they are looked at: the asymptotic confidence sequence with Robbins'
 * normal mixture.
 *
 * <p>Half-width after n observations with standard deviation sd:
 * {@code sd·sqrt( 2(n·q + 1) / (n²·q) · ln( sqrt(n·q + 1) / α ) )}.
 *
 * <p>For independent observations with a finite variance, {@code mean ± half-width} covers the mean at all n at once with
 * probability 1 − α, asymptotically: it leans on the central limit theorem, so it is no guarantee for small n, and none
 * for dependent observations. It is for display; alarms rest on {@link BettingProduct}, which needs no asymptotics.
 *
 * <p>Source: Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, "Time-uniform central limit theory and asymptotic confidence
 * sequences", arXiv 2103.06476, the Gaussian-mixture boundary with ρ² = q; time-uniform bounds of this kind: Howard et al.,
 * arXiv 1810.08240.
 */
public final class ConfidenceSequence {

    /** One minus the coverage of every interval shown. */
    public static final double ALPHA = 0.05;

    /** q of every interval shown: tightest, for their coverage, at some thousands of observations. */
    public static final double MIXTURE = 1.0 / 500;

    private ConfidenceSequence() {}

    /**
     * The half-width of the interval.
     *
     * @param n observations, at least 1
     * @param sd their standard deviation
     * @param alpha one minus the coverage, in (0,1)
     * @param q variance of the mixture, positive: larger is tighter early, smaller is tighter late
     */
    public static double halfWidth(long n, double sd, double alpha, double q) {
        if (n < 1) {
            throw new IllegalArgumentException("n must be >= 1: " + n);
        }
        if (!(sd >= 0)) {
            throw new IllegalArgumentException("sd must be >= 0: " + sd);
        }
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha);
        }
        if (!(q > 0)) {
            throw new IllegalArgumentException("q must be > 0: " + q);
        }
        double nq = n * q + 1;
        return sd * Math.sqrt(2 * nq / ((double) n * n * q) * Math.log(Math.sqrt(nq) / alpha));
    }

    /** The half-width with {@link #ALPHA} and {@link #MIXTURE}. */
    public static double halfWidth(long n, double sd) {
        return halfWidth(n, sd, ALPHA, MIXTURE);
    }
}
