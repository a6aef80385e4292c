package dev.lastmile.local.simulation.traffic;

import dev.lastmile.slice.Slice;
import java.util.Map;

/**
 * How long labels take: exponential, with a mean for each slice. Counted in labelled inferences of the deployment, the
 * clock of everything here.
 *
 * @param usual mean for those that no slice below speaks of; 0 for at once
 * @param means mean of single slices; where an inference is in several, the longest name of terms counts
 */
public record LabelDelays(double usual, Map<Slice, Double> means) {

    /** Every label comes at once. */
    public static final LabelDelays NONE = new LabelDelays(0, Map.of());

    /** The longest mean, in labelled inferences: what waits is held in memory. */
    public static final double GREATEST_MEAN = 1e6;

    /** No label takes longer than this many means. */
    static final double LONGEST = 12;

    public LabelDelays {
        requireMean(usual);
        means.values().forEach(LabelDelays::requireMean);
        means = Map.copyOf(means);
    }

    private static void requireMean(double mean) {
        if (!(mean >= 0 && mean <= GREATEST_MEAN)) {
            throw new IllegalArgumentException("a mean delay must be in [0, 1000000] labelled inferences: " + mean);
        }
    }

    /** Whether no label has to wait. */
    public boolean isNone() {
        return usual == 0 && means.values().stream().allMatch(mean -> mean == 0);
    }

    /** The mean delay of each cell. */
    double[] ofCells(SliceSpace space) {
        double[] delays = new double[space.cells()];
        for (int cell = 0; cell < delays.length; cell++) {
            delays[cell] = usual;
            int terms = 0;
            for (Map.Entry<Slice, Double> entry : means.entrySet()) {
                int its = entry.getKey().terms().size();
                if (its > terms && space.matches(entry.getKey(), cell)) {
                    delays[cell] = entry.getValue();
                    terms = its;
                }
            }
        }
        return delays;
    }
}
