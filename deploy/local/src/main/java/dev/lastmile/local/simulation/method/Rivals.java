package dev.lastmile.local.simulation.method;

import dev.lastmile.local.simulation.traffic.Normal;

/** What teams run today, as they run it: all compare the change since the baseline, slice against rest. */
public final class Rivals {

    private static final long LARGE = 10_000;
    private static final long SMALL = 2_000;
    private static final double USUAL_P = 0.05;

    private Rivals() {}

    /** z-tests at p &lt; .05 over windows of 10,000 labels, each slice for itself. */
    public static Rule zTest() {
        return new Rule(
                "z-test p<.05, 10k windows", "z-test, 10k windows", LARGE, false, Statistic.Z, critical(USUAL_P));
    }

    /**
     * The same with Bonferroni's correction.
     *
     * @param slices K
     */
    public static Rule zTestShared(int slices) {
        return new Rule(
                "z-test p<.05/K, 10k windows",
                "z-test, 10k windows",
                LARGE,
                false,
                Statistic.Z,
                critical(USUAL_P / slices));
    }

    /**
     * The same, looked at whenever labels arrive, as a dashboard is.
     *
     * @param slices K
     */
    public static Rule zTestEachBatch(int slices) {
        return new Rule(
                "z-test p<.05/K, each batch",
                "z-test, each batch",
                LARGE,
                true,
                Statistic.Z,
                critical(USUAL_P / slices));
    }

    /** The four-fifths rule over windows of 2,000 labels. */
    public static Rule ratio() {
        return new Rule("ratio > 1.25, 2k windows", "ratio, 2k windows", SMALL, false, Statistic.RATIO, 1.25);
    }

    /** A bootstrap interval per window that must not lie above what the baseline allows. */
    public static Rule bootstrap() {
        return new Rule("bootstrap 95 %, 10k windows", "bootstrap, 10k windows", LARGE, false, Statistic.BOOTSTRAP, 0);
    }

    private static double critical(double probability) {
        return -Normal.quantile(probability);
    }
}
