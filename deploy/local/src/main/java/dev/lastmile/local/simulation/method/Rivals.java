package dev.lastmile.local.simulation.method;

import dev.lastmile.local.simulation.traffic.Normal;
import java.util.List;

/** What teams run today, as they run it: all compare the change since the baseline, slice against rest. */
public final class Rivals {

    private static final long LARGE = 10_000;
    private static final long SMALL = 2_000;

    private Rivals() {}

    /**
     * The rules that a job over windows of labels can apply.
     *
     * @param slices K, for the rules that share their error probability among slices
     */
    public static List<Rule> rules(int slices) {
        double single = -Normal.quantile(0.05);
        double shared = -Normal.quantile(0.05 / slices);
        return List.of(
                new Rule("z-test p<.05, 10k windows", LARGE, false, Statistic.Z, single),
                new Rule("z-test p<.05/K, 10k windows", LARGE, false, Statistic.Z, shared),
                new Rule("z-test p<.05/K, each batch", LARGE, true, Statistic.Z, shared),
                new Rule("ratio > 1.25, 2k windows", SMALL, false, Statistic.RATIO, 1.25),
                new Rule("bootstrap 95 %, 10k windows", LARGE, false, Statistic.BOOTSTRAP, 0));
    }
}
