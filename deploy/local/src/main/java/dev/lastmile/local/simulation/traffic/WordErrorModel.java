package dev.lastmile.local.simulation.traffic;

import dev.lastmile.score.Score;
import dev.lastmile.stats.ScoreHistogram;

/**
 * Word errors of utterances, as probabilities of their scores: computed, not drawn.
 *
 * <pre>
 *   words n       2 to 30, log-normal weights around 9
 *   free          an utterance is free of errors with probability z = max(.1, .6 − 1.2·w)
 *   otherwise     errors k ~ beta-binomial(n, a, b), a/(a+b) = w/(1−z), a+b = 5
 *   hallucinated  with probability .004 there are more errors than words
 * </pre>
 *
 * <p>w is the expected share of wrong words without hallucinations. The score is the product's own, {@link Score#bin()}.
 */
final class WordErrorModel {

    private static final int SHORTEST = 2;
    private static final int LONGEST = 30;
    private static final double USUAL_LENGTH = 9;
    private static final double LENGTH_SPREAD = 0.6;
    private static final double CONCENTRATION = 5;
    private static final double HALLUCINATED = 0.004;

    private WordErrorModel() {}

    static ScoreDistribution scores(double wrongWords) {
        double free = Math.max(0.1, 0.6 - 1.2 * wrongWords);
        double rate = Math.min(0.999, wrongWords / (1 - free));
        double[] weights = new double[ScoreHistogram.BINS];
        double lengths = 0;
        for (int words = SHORTEST; words <= LONGEST; words++) {
            lengths += lengthWeight(words);
        }
        for (int words = SHORTEST; words <= LONGEST; words++) {
            double share = (1 - HALLUCINATED) * lengthWeight(words) / lengths;
            weights[0] += share * free;
            addBetaBinomial(weights, share * (1 - free), words, rate * CONCENTRATION, (1 - rate) * CONCENTRATION);
        }
        weights[ScoreHistogram.BINS - 1] += HALLUCINATED;
        return ScoreDistribution.of(weights);
    }

    private static double lengthWeight(int words) {
        double deviation = Math.log(words / USUAL_LENGTH) / LENGTH_SPREAD;
        return Math.exp(-deviation * deviation / 2) / words;
    }

    /** P(0) = Π (b+i)/(a+b+i), P(k+1) = P(k)·(n−k)/(k+1)·(a+k)/(b+n−k−1). */
    private static void addBetaBinomial(double[] weights, double share, int words, double a, double b) {
        double probability = 1;
        for (int i = 0; i < words; i++) {
            probability *= (b + i) / (a + b + i);
        }
        for (int errors = 0; errors <= words; errors++) {
            weights[Score.of(errors, words).bin().orElseThrow()] += share * probability;
            probability *= (words - errors) / (errors + 1.0) * (a + errors) / Math.max(b + words - errors - 1, 1e-300);
        }
    }
}
