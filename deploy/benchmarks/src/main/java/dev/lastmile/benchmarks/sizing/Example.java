package dev.lastmile.benchmarks.sizing;

import java.time.Duration;
import java.util.List;

/**
 * A demand that the page shows.
 *
 * @param name how it is called there
 * @param demand what is asked
 */
record Example(String name, Demand demand) {

    /** A million inferences a day have a deployment of their own, but there are at least so many. */
    private static final int LEAST_DEPLOYMENTS = 20;

    private static final int DEPLOYMENTS_A_CUSTOMER = 20;
    private static final double INFERENCES_A_DEPLOYMENT = 1e6;

    /** As the benchmarks' loads have them: overall and four dimensions, and all pairs and some triples of eight. */
    static final int FEW_SLICES = 5;

    static final int FEW_LIVE_SLICES = 30;
    static final int MANY_SLICES = 50;
    static final int MANY_LIVE_SLICES = 894;

    static final Duration WEEK = Duration.ofDays(7);
    static final Duration MONTH = Duration.ofDays(30);

    /** UTF-8 length of thirty words. */
    private static final double TRANSCRIPT_BYTES = 180;

    static final double TEN_MILLION = 1e7;
    static final double BILLION = 1e9;

    private static Demand demand(double inferencesPerDay, Duration horizon, boolean many) {
        int deployments = (int) Math.max(LEAST_DEPLOYMENTS, inferencesPerDay / INFERENCES_A_DEPLOYMENT);
        Demand demand = Demand.of(inferencesPerDay, deployments, deployments / DEPLOYMENTS_A_CUSTOMER);
        return sliced(demand.with(demand.watching().withHorizon(horizon)), many);
    }

    private static Demand sliced(Demand demand, boolean many) {
        Watching watching = demand.watching();
        return demand.with(
                many
                        ? watching.withSlices(MANY_SLICES, MANY_LIVE_SLICES)
                        : watching.withSlices(FEW_SLICES, FEW_LIVE_SLICES));
    }

    /** With both horizons and both numbers of slices, then one with transcripts. */
    static List<Example> of(double inferencesPerDay) {
        Demand usual = demand(inferencesPerDay, WEEK, false);
        return List.of(
                new Example("7 days, 5 slices", usual),
                new Example("7 days, 50 slices", demand(inferencesPerDay, WEEK, true)),
                new Example("30 days, 5 slices", demand(inferencesPerDay, MONTH, false)),
                new Example("30 days, 50 slices", demand(inferencesPerDay, MONTH, true)),
                new Example(
                        "7 days, 5 slices, transcripts",
                        usual.with(usual.arrivals().withTranscripts(TRANSCRIPT_BYTES))));
    }

    /** A million to a billion inferences a day. */
    static List<Demand> overview() {
        return List.of(1e6, TEN_MILLION, 1e8, BILLION).stream()
                .flatMap(inferences -> List.of(
                        demand(inferences, WEEK, false),
                        demand(inferences, WEEK, true),
                        demand(inferences, MONTH, false),
                        demand(inferences, MONTH, true))
                        .stream())
                .toList();
    }

    /** Ten thousand deployments of a hundred customers, a billion inferences a day, on a hundred instances of one thread. */
    static Fleet fleet(boolean many) {
        Demand demand = Demand.of(BILLION, 10_000, 100);
        return new Fleet(sliced(demand.with(demand.setup().withThreads(1)), many), 100, 100, 1, 1);
    }
}
