package dev.lastmile.benchmarks.sizing;

/**
 * What takes Java heap in an instance. Filters say of most ids that they are not stored. All of a process together take an eighth
 * of the heap at most, see {@code topology.waiting.BlockStore}; a segment whose filter finds no room has none.
 *
 * @param restMiB all but filters
 * @param filtersMiB where every id that is kept has its filter, those of standbys too
 */
record Heap(double restMiB, double filtersMiB) {

    private static final double MIB = 1L << 20;
    private static final double FILTERS_OF_HEAP = 1.0 / 8;
    private static final int STEP_MIB = 256;

    Heap {
        if (!(restMiB >= 0 && restMiB < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("restMiB must be >= 0 and finite: " + restMiB);
        }
        if (!(filtersMiB >= 0 && filtersMiB < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("filtersMiB must be >= 0 and finite: " + filtersMiB);
        }
    }

    /**
     * Of an instance.
     *
     * @param slices live ones of all deployments it has
     * @param tasks of the first stage it has
     * @param filterBytes of all ids it keeps
     */
    static Heap of(double slices, int tasks, double filterBytes, Demand demand, Headroom headroom, Measured measured) {
        double deployments = (double) tasks * demand.watching().deployments();
        return new Heap(
                headroom.baseHeapMiB()
                        + (slices * measured.of(Constant.SLICE_HEAP_BYTES)
                                        + deployments * measured.of(Constant.DEPLOYMENT_HEAP_BYTES))
                                / MIB,
                filterBytes / MIB);
    }

    /** What filters may take of a heap. */
    static double filtersMayTakeMiB(double heapMiB) {
        return heapMiB * FILTERS_OF_HEAP;
    }

    /** Ids for whose filters a heap has room, where these are full. */
    static double mostIds(double heapMiB, Measured measured) {
        return filtersMayTakeMiB(heapMiB) * MIB * Byte.SIZE / measured.of(Constant.ID_FILTER_BITS);
    }

    /** What is taken of a heap. */
    double takenMiB(double heapMiB) {
        return restMiB + Math.min(filtersMiB, filtersMayTakeMiB(heapMiB));
    }

    /** The least that is enough, and not less than {@code atLeastMiB}; filters then have what is left of their part. */
    int leastMiB(int atLeastMiB) {
        double enough = Math.min(restMiB + filtersMiB, restMiB / (1 - FILTERS_OF_HEAP));
        return Math.max(atLeastMiB, inSteps(enough));
    }

    /** The least with which every id has its filter. */
    int forAllFiltersMiB(int atLeastMiB) {
        return Math.max(leastMiB(atLeastMiB), inSteps(filtersMiB / FILTERS_OF_HEAP));
    }

    /** The share of filters that a heap has room for at most, 0-1. */
    double filteredShare(double heapMiB) {
        return filtersMiB == 0 ? 1 : Math.min(1, filtersMayTakeMiB(heapMiB) / filtersMiB);
    }

    private static int inSteps(double mebibytes) {
        return STEP_MIB * (int) Math.ceil(mebibytes / STEP_MIB);
    }
}
