package dev.lastmile.benchmarks.sizing;

/**
 * What takes Java heap in an instance. Page tables say where ids are stored. All of a process together take an eighth
 * of the heap at most, see {@code topology.waiting.JoinStore}; of ids beyond that RocksDB says it.
 *
 * @param restMiB all but page tables
 * @param tablesMiB where every id that is kept has a place, those of standbys too
 */
record Heap(double restMiB, double tablesMiB) {

    private static final double MIB = 1L << 20;
    private static final double TABLES_OF_HEAP = 1.0 / 8;
    private static final int STEP_MIB = 256;

    Heap {
        if (!(restMiB >= 0 && restMiB < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("restMiB must be >= 0 and finite: " + restMiB);
        }
        if (!(tablesMiB >= 0 && tablesMiB < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tablesMiB must be >= 0 and finite: " + tablesMiB);
        }
    }

    /**
     * Of an instance.
     *
     * @param slices live ones of all deployments it has
     * @param tasks of the first stage it has
     * @param tableBytes of all ids it keeps
     */
    static Heap of(double slices, int tasks, double tableBytes, Demand demand, Headroom headroom, Measured measured) {
        double deployments = (double) tasks * demand.watching().deployments();
        return new Heap(
                headroom.baseHeapMiB()
                        + (slices * measured.of(Constant.SLICE_HEAP_BYTES)
                                        + deployments * measured.of(Constant.DEPLOYMENT_HEAP_BYTES))
                                / MIB,
                tableBytes / MIB);
    }

    /** What page tables may take of a heap. */
    static double tablesMayTakeMiB(double heapMiB) {
        return heapMiB * TABLES_OF_HEAP;
    }

    /** Ids for which a heap has room, where page tables are full. */
    static double mostIds(double heapMiB, Measured measured) {
        return tablesMayTakeMiB(heapMiB) * MIB / measured.of(Constant.ID_TABLE_BYTES);
    }

    /** What is taken of a heap. */
    double takenMiB(double heapMiB) {
        return restMiB + Math.min(tablesMiB, tablesMayTakeMiB(heapMiB));
    }

    /** The least that is enough, and not less than {@code atLeastMiB}; page tables then have what is left of their part. */
    int leastMiB(int atLeastMiB) {
        double enough = Math.min(restMiB + tablesMiB, restMiB / (1 - TABLES_OF_HEAP));
        return Math.max(atLeastMiB, inSteps(enough));
    }

    /** The least with which every id has a place. */
    int forAllTablesMiB(int atLeastMiB) {
        return Math.max(leastMiB(atLeastMiB), inSteps(tablesMiB / TABLES_OF_HEAP));
    }

    /** The share of ids that a heap has room for at most, 0-1. */
    double onHeapShare(double heapMiB) {
        return tablesMiB == 0 ? 1 : Math.min(1, tablesMayTakeMiB(heapMiB) / tablesMiB);
    }

    private static int inSteps(double mebibytes) {
        return STEP_MIB * (int) Math.ceil(mebibytes / STEP_MIB);
    }
}
