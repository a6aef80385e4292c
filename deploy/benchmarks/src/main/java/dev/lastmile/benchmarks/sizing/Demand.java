package dev.lastmile.benchmarks.sizing;

/**
 * What is asked of an installation.
 *
 * @param arrivals what customers send
 * @param watching how it is watched
 * @param setup on what
 */
record Demand(Arrivals arrivals, Watching watching, Setup setup) {

    /** Of so many inferences a day; the rest as usual. */
    static Demand of(double inferencesPerDay, int deployments, int customers) {
        return new Demand(Arrivals.of(inferencesPerDay), Watching.of(deployments, customers), Setup.USUAL);
    }

    Demand with(Arrivals newArrivals) {
        return new Demand(newArrivals, watching, setup);
    }

    Demand with(Watching newWatching) {
        return new Demand(arrivals, newWatching, setup);
    }

    Demand with(Setup newSetup) {
        return new Demand(arrivals, watching, newSetup);
    }
}
