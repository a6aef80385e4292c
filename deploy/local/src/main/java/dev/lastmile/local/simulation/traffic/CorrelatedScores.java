package dev.lastmile.local.simulation.traffic;

import dev.lastmile.stats.ScoreHistogram;
import java.util.SplittableRandom;

/**
 * Draws scores of one session: each has exactly its cell's distribution, and two of them have the intraclass correlation
 * asked for.
 *
 * <p>A Gaussian copula: with a session's Z and an inference's E, both standard normal, the score is the quantile at
 * Φ(√r·Z + √(1−r)·E). The correlation of scores is Var(E[x | Z])/Var(x), less than r; r is found by bisection.
 */
final class CorrelatedScores {

    /** E[x | Z] is integrated over this many points of Z from −5 to 5. */
    private static final int POINTS = 25;

    private static final double REACH = 5;

    /** The score is the number of thresholds below the latent value. */
    private final double[] thresholds = new double[ScoreHistogram.BINS - 1];

    private final double ofSession;
    private final double ofInference;

    CorrelatedScores(ScoreDistribution scores, double correlation) {
        double atMost = 0;
        for (int bin = 0; bin < thresholds.length; bin++) {
            atMost += scores.probability(bin);
            thresholds[bin] = Normal.quantile(Math.min(1, atMost));
        }
        double latent = latentCorrelation(scores, correlation);
        ofSession = Math.sqrt(latent);
        ofInference = Math.sqrt(1 - latent);
    }

    private double latentCorrelation(ScoreDistribution scores, double correlation) {
        double variance = scores.variance();
        if (variance <= 0) {
            return 0;
        }
        double low = 0;
        double high = 0.9999;
        for (int halving = 0; halving < 16; halving++) {
            double middle = (low + high) / 2;
            if (varianceBetween(middle, scores.mean()) < correlation * variance) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private double varianceBetween(double latent, double mean) {
        double step = 2 * REACH / (POINTS - 1);
        double sum = 0;
        for (int point = 0; point < POINTS; point++) {
            double z = -REACH + point * step;
            double expected = 0;
            double exceeded = 0;
            for (int bin = 0; bin < thresholds.length; bin++) {
                // Levels that never occur have the threshold of the level before.
                if (bin == 0 || thresholds[bin] != thresholds[bin - 1]) {
                    exceeded = 1 - Normal.cdf((thresholds[bin] - Math.sqrt(latent) * z) / Math.sqrt(1 - latent));
                }
                expected += exceeded;
            }
            double deviation = expected / thresholds.length - mean;
            sum += Normal.density(z) * deviation * deviation * step;
        }
        return sum;
    }

    /**
     * The level of one score.
     *
     * @param session the session's Z
     */
    int draw(double session, SplittableRandom random) {
        double latent = ofSession * session + ofInference * random.nextGaussian();
        int bin = 0;
        while (bin < thresholds.length && latent > thresholds[bin]) {
            bin++;
        }
        return bin;
    }
}
