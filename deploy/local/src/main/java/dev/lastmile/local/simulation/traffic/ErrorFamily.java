package dev.lastmile.local.simulation.traffic;

import dev.lastmile.stats.ScoreHistogram;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Kinds of score distributions, each with one parameter for how bad things are, which is set so that the mean score is
 * exactly what was asked for.
 */
public enum ErrorFamily {

    /**
     * Word errors of utterances of 2 to 30 words. Some utterances are free of errors; in the others the words' errors are
     * beta-binomial, since one utterance is harder than another; four in a thousand have more errors than words.
     */
    WORDS(0.005, 0.9) {
        @Override
        ScoreDistribution raw(double parameter) {
            return WordErrorModel.scores(parameter);
        }
    },

    /** Right or wrong. */
    ANSWERS(0, 1) {
        @Override
        ScoreDistribution raw(double parameter) {
            double[] weights = new double[ScoreHistogram.BINS];
            weights[0] = 1 - parameter;
            weights[ScoreHistogram.BINS - 1] = parameter;
            return ScoreDistribution.of(weights);
        }
    },

    /**
     * Log-normal errors with a heavy tail (σ = 1.2: the mean is twice the median, one in a hundred is 16 times it), capped
     * at 1.
     */
    HEAVY(0.02, 0.95) {
        @Override
        ScoreDistribution raw(double parameter) {
            // The parameter in (0,1) stands for a median of p/(1−p), so that any mean up to 1 is within reach.
            double logMedian = Math.log(parameter / (1 - parameter));
            double[] weights = new double[ScoreHistogram.BINS];
            double below = 0;
            for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
                double upper = (bin + 0.5) / (ScoreHistogram.BINS - 1);
                double upTo = bin == ScoreHistogram.BINS - 1 ? 1 : Normal.cdf((Math.log(upper) - logMedian) / SIGMA);
                weights[bin] = Math.max(0, upTo - below);
                below = upTo;
            }
            return ScoreDistribution.of(weights);
        }
    };

    private static final double SIGMA = 1.2;

    /** Means are told apart to this: far finer than any effect. */
    private static final double MEAN_STEP = 1e-7;

    private final double leastMean;
    private final double greatestMean;

    ErrorFamily(double leastMean, double greatestMean) {
        this.leastMean = leastMean;
        this.greatestMean = greatestMean;
    }

    /** Scores for a parameter in (0,1); their mean grows with it. */
    abstract ScoreDistribution raw(double parameter);

    /**
     * The scores with this mean, to 10⁻⁷.
     *
     * @throws UnreachableMean where the family has none
     */
    public ScoreDistribution withMean(double mean) {
        if (!(mean >= leastMean && mean <= greatestMean)) {
            throw new UnreachableMean(String.format(
                    Locale.ROOT,
                    "a mean score of %.3f is beyond what errors of kind %s can have, %.3f to %.3f",
                    mean,
                    optionName(),
                    leastMean,
                    greatestMean));
        }
        return solve(Math.round(mean / MEAN_STEP) * MEAN_STEP);
    }

    private ScoreDistribution solve(double mean) {
        double low = 0;
        double high = 1;
        for (int halving = 0; halving < 50; halving++) {
            double middle = (low + high) / 2;
            if (raw(middle).mean() < mean) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return raw((low + high) / 2);
    }

    /** The name on a command line. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Errors of this kind.
     *
     * @param baseMeans the mean score of each cell as it was
     */
    public Errors around(double[] baseMeans) {
        double[] means = baseMeans.clone();
        // Many cells and many effects come to the same mean.
        Map<Double, ScoreDistribution> known = new ConcurrentHashMap<>();
        return (cell, points) -> known.computeIfAbsent(means[cell] + points, this::withMean);
    }
}
