package dev.lastmile.benchmarks.sizing;

import java.time.Duration;

/**
 * What lies on disks, one copy of it, and how much of it there is at most.
 *
 * <p>An entry of the join is kept for horizon and greatest age together, and up to a quarter longer, since entries go by whole
 * segments. A ground truth that comes in a later commit has its entry written anew; both versions stay until their segments go,
 * on the disk and in the changelog.
 *
 * @param entries of the join, each id once
 * @param loggedEntries in the changelog: every version of them, and steps of time, which are written beside them
 * @param joinBytes of the join's store at rest
 * @param tableBytes of heap, where every id has a place
 * @param joinChangelogBytes of what is of use in its changelog
 * @param cells of the second stage
 * @param cellBytes of them at rest
 * @param cellChangelogBytes of what is of use in their changelog
 * @param inputBytes in the input topics
 * @param statisticsBytesPerDay by which the topics of statistics grow, where nothing is deleted from them
 */
record Stored(
        double entries,
        double loggedEntries,
        double joinBytes,
        double tableBytes,
        double joinChangelogBytes,
        double cells,
        double cellBytes,
        double cellChangelogBytes,
        double inputBytes,
        double statisticsBytesPerDay) {

    /** A segment takes entries for a quarter of the time they are kept, see {@code topology.waiting.Span}. */
    private static final double SEGMENT = 0.25;

    private static final Duration DAY = Duration.ofDays(1);

    /** Ids of the first level of a page table, and how much larger each next one is, see {@code topology.waiting.PageTable}. */
    private static final double FIRST_IDS = 0.7 * (1 << 14);

    static final double GROWTH = 2;

    /**
     * Of a demand.
     *
     * @param mean of all deployments
     * @param tasks of the first stage
     */
    static Stored of(Demand demand, Work mean, int tasks, Headroom headroom, Measured measured) {
        Arrivals arrivals = demand.arrivals();
        Watching watching = demand.watching();
        double keptSeconds = watching.keep().toSeconds() * (1 + SEGMENT);
        double entries = arrivals.inferencesPerSecond() * keptSeconds;
        double rewritten = arrivals.labelledShare() * arrivals.lateShare();
        double inAnotherSegment =
                Math.min(1, Watching.ratio(arrivals.labelSpread(), watching.keep()) / 2 / SEGMENT) * rewritten;
        double texts = watching.corrections() ? 1 + rewritten : 1;
        double joinBytes = entries
                * ((1 + rewritten) * measured.of(Constant.ENTRY_DISK_BYTES)
                        + texts * arrivals.transcriptBytes() * measured.of(Constant.TRANSCRIPT_DISK_FACTOR));
        double versions = entries * (1 + rewritten);
        double steps = mean.steps() * keptSeconds;
        double blocks = Math.min(tasks / demand.setup().commitSeconds(), mean.events()) * keptSeconds;
        double joinChangelogBytes = versions * entryChangelogBytes(demand, measured)
                + headroom.compressedTo()
                        * (steps * measured.of(Constant.STEP_BYTES) + blocks * measured.of(Constant.BLOCK_BYTES));
        double cellsABucket = watching.deployments()
                * Work.hit(
                        watching.liveSlices(),
                        arrivals.inferencesPerSecond()
                                * watching.bucket().toMillis()
                                / 1_000.0
                                / watching.deployments()
                                * watching.slicesAnEvent());
        double cells = cellsABucket * watching.bucketsKept();
        double cellBytes = cells * measured.of(Constant.CELL_BYTES);
        double inputBytesPerDay = arrivals.inferencesPerDay()
                * (measured.of(Constant.INFERENCE_BYTES)
                        + arrivals.transcriptBytes()
                        + arrivals.labelledShare() * (measured.of(Constant.TRUTH_BYTES) + arrivals.transcriptBytes()));
        return new Stored(
                entries,
                versions + steps,
                joinBytes,
                tableBytes(entries * (1 + inAnotherSegment), tasks, measured),
                joinChangelogBytes,
                cells,
                cellBytes,
                cellBytes * headroom.compressedTo(),
                inputBytesPerDay * Watching.ratio(demand.setup().inputRetention(), DAY),
                cellsABucket
                        * Watching.ratio(DAY, watching.bucket())
                        * measured.of(Constant.STATISTICS_BYTES)
                        * headroom.compressedTo());
    }

    /**
     * A page table for each segment of each task, which grows by levels when it is full: as large as its ids need, or up to twice
     * that. An id counts once in each segment that has an entry of it. The segment that is written to is counted as if it were full.
     */
    private static double tableBytes(double ids, int tasks, Measured measured) {
        double segments = (1 + SEGMENT) / SEGMENT;
        double ofSegment = ids / tasks / segments;
        double room = 0;
        for (double level = FIRST_IDS; room == 0 || room < ofSegment; level *= GROWTH) {
            room += level;
        }
        return tasks * segments * room * measured.of(Constant.ID_TABLE_BYTES);
    }

    /** Of one version of an entry; that of the ground truth has the transcript only if it may be corrected. */
    static double entryChangelogBytes(Demand demand, Measured measured) {
        Arrivals arrivals = demand.arrivals();
        double rewritten = arrivals.labelledShare() * arrivals.lateShare();
        double withText = demand.watching().corrections() ? 1 : 1 / (1 + rewritten);
        return measured.of(Constant.ENTRY_CHANGELOG_BYTES)
                + withText * arrivals.transcriptBytes() * measured.of(Constant.TRANSCRIPT_CHANGELOG_FACTOR);
    }

    /** How long one thread reads all of it back, with what is of no use any more in the changelogs. */
    double restoreSeconds(Headroom headroom, Measured measured) {
        return headroom.changelogSlack()
                * (loggedEntries / measured.of(Constant.RESTORE_ENTRIES)
                        + cells / measured.of(Constant.RESTORE_RECORDS));
    }
}
