package dev.lastmile.local.simulation.method;

import dev.lastmile.local.simulation.traffic.ScoreTable;
import dev.lastmile.stats.ScoreHistogram;
import java.util.Arrays;
import java.util.SplittableRandom;

/** See {@link Statistic#BOOTSTRAP}. Mutable: it draws. */
final class PoissonBootstrap implements Statistic.Comparison {

    private static final int RESAMPLES = 200;

    /** The 2.5 % quantile of the resamples. */
    private static final int LOWER = 5;

    /** From this mean on a Poisson number is a rounded normal one. */
    private static final double LARGE = 30;

    private final SplittableRandom random;
    private final double[] differences = new double[RESAMPLES];

    PoissonBootstrap(SplittableRandom random) {
        this.random = random;
    }

    @Override
    public double of(int slice, ScoreTable now, ScoreTable before) {
        double risen = Statistic.risen(slice, now, before);
        if (risen <= 0) {
            // The interval holds its own estimate, so that it cannot lie above what is allowed: spare the resamples.
            return risen;
        }
        int parent = now.space().parent(slice);
        for (int i = 0; i < RESAMPLES; i++) {
            double count = 0;
            double sum = 0;
            double restCount = 0;
            double restSum = 0;
            for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
                int scores = now.count(slice, bin);
                double drawn = poisson(scores);
                double rest = poisson(now.count(parent, bin) - scores);
                count += drawn;
                sum += drawn * bin;
                restCount += rest;
                restSum += rest * bin;
            }
            differences[i] = count == 0 || restCount == 0
                    ? Double.NEGATIVE_INFINITY
                    : (sum / count - restSum / restCount) / (ScoreHistogram.BINS - 1);
        }
        Arrays.sort(differences);
        return differences[LOWER] - (before.mean(slice) - before.restMean(slice));
    }

    private double poisson(int mean) {
        if (mean == 0) {
            return 0;
        }
        if (mean >= LARGE) {
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int drawn = 0;
        while (product > limit) {
            product *= random.nextDouble();
            drawn++;
        }
        return drawn;
    }
}
