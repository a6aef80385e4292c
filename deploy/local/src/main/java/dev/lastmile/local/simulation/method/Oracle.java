package dev.lastmile.local.simulation.method;

import dev.lastmile.local.simulation.traffic.Batch;
import dev.lastmile.local.simulation.traffic.LearnedBaseline;
import dev.lastmile.local.simulation.traffic.ScoreDistribution;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.local.simulation.traffic.Traffic;
import dev.lastmile.local.simulation.traffic.UnreachableMean;
import dev.lastmile.stats.ScoreHistogram;
import java.util.ArrayList;
import java.util.List;

/**
 * What nobody can have: a CUSUM per slice that knows the distribution of its scores before and after the change exactly.
 * {@code W ← max(0, W + log p₁(x)/p₀(x))}, an alarm above a threshold. The rest of the deployment is the same before and
 * after, so that its factor is 1. No method with as few false alarms detects that change much sooner: the bound that the
 * others are measured by.
 *
 * <p>E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954; optimal in Lorden's sense: G. Moustakides, Ann.
 * Statist. 14, 1986.
 */
public final class Oracle implements Tunable {

    /** The name in tables. */
    public static final String NAME = "oracle CUSUM";

    /** One score may say this much at most: a level that never occurred before the change would say everything. */
    private static final double GREATEST = 20;

    private final String label;
    private final double threshold;
    private final double[][] logRatios;

    private Oracle(String label, double threshold, double[][] logRatios) {
        this.label = label;
        this.threshold = threshold;
        this.logRatios = logRatios;
    }

    /**
     * One that knows that a slice, whichever, gets worse by this much.
     *
     * @param traffic as it is before
     * @param points by how much the mean score of the slice rises
     */
    public static Oracle knowing(Traffic traffic, double points) {
        double[][] logRatios = new double[traffic.space().size()][ScoreHistogram.BINS];
        for (int slice = 1; slice < logRatios.length; slice++) {
            try {
                logRatios[slice] = logRatios(
                        traffic.scores(slice), traffic.raised(slice, points).scores(slice));
            } catch (UnreachableMean notThisSlice) {
                // What cannot happen need not be watched for.
            }
        }
        return new Oracle(NAME, 10, logRatios);
    }

    static double[] logRatios(ScoreDistribution before, ScoreDistribution after) {
        double[] logRatios = new double[ScoreHistogram.BINS];
        for (int bin = 0; bin < logRatios.length; bin++) {
            double was = before.probability(bin);
            double is = after.probability(bin);
            double log = was == 0 && is == 0 ? 0 : Math.log(is / was);
            logRatios[bin] = Math.max(-GREATEST, Math.min(GREATEST, log));
        }
        return logRatios;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String kind() {
        return NAME;
    }

    @Override
    public double threshold() {
        return threshold;
    }

    @Override
    public Range range() {
        return new Range(2, 16);
    }

    @Override
    public Oracle with(String newLabel, double newThreshold) {
        return new Oracle(newLabel, newThreshold, logRatios);
    }

    @Override
    public Watcher watch(SliceSpace space, LearnedBaseline baseline, long seed) {
        double[] walks = new double[space.size()];
        return batch -> observe(space, walks, batch);
    }

    private List<Call> observe(SliceSpace space, double[] walks, Batch batch) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            int bin = batch.bin(i);
            for (int slice : space.slicesOf(batch.cell(i))) {
                double walk = Math.max(0, walks[slice] + logRatios[slice][bin]);
                if (walk > threshold) {
                    calls.add(new Call(slice, Call.Kind.DISPARATE));
                    walk = 0;
                }
                walks[slice] = walk;
            }
        }
        return calls;
    }
}
