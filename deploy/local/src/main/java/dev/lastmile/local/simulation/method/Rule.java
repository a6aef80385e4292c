package dev.lastmile.local.simulation.method;

import dev.lastmile.local.simulation.traffic.Batch;
import dev.lastmile.local.simulation.traffic.LearnedBaseline;
import dev.lastmile.local.simulation.traffic.ScoreTable;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A rule over windows of labels, as a job runs it that looks at each window's table: a slice is called out when its
 * statistic is above a threshold and was not at the look before. An alert that goes on is not called out again.
 *
 * @param label the name in tables
 * @param kind the name of all rules that differ in the threshold only
 * @param window labels of the deployment a window; the next one starts from nothing
 * @param always whether it is looked at after every batch, not at the end of the window only
 * @param statistic what is compared
 * @param threshold with what
 */
public record Rule(String label, String kind, long window, boolean always, Statistic statistic, double threshold)
        implements Tunable {

    /** Slices with fewer labels than this in a window are left alone. */
    static final long FEWEST = 30;

    @Override
    public Range range() {
        return switch (statistic) {
            case Z -> new Range(0.5, 8);
            case RATIO -> new Range(1, 8);
            case BOOTSTRAP -> new Range(0, 0.3);
        };
    }

    @Override
    public Rule with(String newLabel, double newThreshold) {
        return new Rule(newLabel, kind, window, always, statistic, newThreshold);
    }

    @Override
    public Watcher watch(SliceSpace space, LearnedBaseline baseline, long seed) {
        return new Windows(this, baseline.scores(), statistic.start(seed));
    }

    /** The watch: mutable. */
    private static final class Windows implements Watcher {
        private final Rule rule;
        private final ScoreTable before;
        private final Statistic.Comparison comparison;
        private final ScoreTable window;
        private final boolean[] firing;
        private final double[] values;

        Windows(Rule rule, ScoreTable before, Statistic.Comparison comparison) {
            this.rule = rule;
            this.before = before;
            this.comparison = comparison;
            window = new ScoreTable(before.space());
            firing = new boolean[before.space().size()];
            values = new double[firing.length];
        }

        @Override
        public List<Call> observe(Batch batch) {
            window.add(batch);
            boolean full = window.count(SliceSpace.OVERALL) >= rule.window;
            if (!full && !rule.always) {
                return List.of();
            }
            List<Integer> risen = new ArrayList<>();
            for (int slice = 1; slice < values.length; slice++) {
                boolean known = window.count(slice) >= FEWEST
                        && window.restCount(slice) >= FEWEST
                        && before.count(slice) >= FEWEST
                        && before.restCount(slice) >= FEWEST;
                values[slice] = known ? comparison.of(slice, window, before) : Double.NEGATIVE_INFINITY;
                boolean above = values[slice] > rule.threshold;
                if (above && !firing[slice]) {
                    risen.add(slice);
                }
                // Too few labels yet say nothing about an alert of the window before.
                firing[slice] = above || (firing[slice] && !known && !full);
            }
            if (full) {
                window.clear();
            }
            risen.sort(Comparator.comparingDouble(slice -> -values[slice]));
            return risen.stream()
                    .map(slice -> new Call(slice, Call.Kind.DISPARATE))
                    .toList();
        }
    }
}
