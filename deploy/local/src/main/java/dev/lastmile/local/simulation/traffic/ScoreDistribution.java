package dev.lastmile.local.simulation.traffic;

import dev.lastmile.stats.ScoreHistogram;

/** The probability of each of the 21 levels of a score. Immutable. */
public final class ScoreDistribution {

    private final double[] probabilities;

    private ScoreDistribution(double[] probabilities) {
        this.probabilities = probabilities;
    }

    /**
     * The distribution that is proportional to these weights.
     *
     * @param weights one a level, all >= 0, not all 0
     */
    static ScoreDistribution of(double[] weights) {
        if (weights.length != ScoreHistogram.BINS) {
            throw new IllegalArgumentException("weights must be " + ScoreHistogram.BINS + ": " + weights.length);
        }
        double total = 0;
        for (double weight : weights) {
            if (!(weight >= 0)) {
                throw new IllegalArgumentException("weight must be >= 0: " + weight);
            }
            total += weight;
        }
        if (!(total > 0)) {
            throw new IllegalArgumentException("weights must not all be 0");
        }
        double[] probabilities = new double[weights.length];
        for (int bin = 0; bin < weights.length; bin++) {
            probabilities[bin] = weights[bin] / total;
        }
        return new ScoreDistribution(probabilities);
    }

    /** The probability of a level, 0 to 20. */
    public double probability(int bin) {
        return probabilities[bin];
    }

    /** The mean score, in [0,1]. */
    public double mean() {
        double mean = 0;
        for (int bin = 0; bin < probabilities.length; bin++) {
            mean += probabilities[bin] * ScoreHistogram.valueOf(bin);
        }
        return mean;
    }

    /** The variance of the score. */
    public double variance() {
        double mean = mean();
        double variance = 0;
        for (int bin = 0; bin < probabilities.length; bin++) {
            double deviation = ScoreHistogram.valueOf(bin) - mean;
            variance += probabilities[bin] * deviation * deviation;
        }
        return variance;
    }

    AliasTable table() {
        return new AliasTable(probabilities);
    }
}
