package dev.lastmile.benchmarks.sizing;

import dev.lastmile.topology.TopologySettings;

/**
 * What a deployment, or several together, makes both stages do each second. Where things of one kind are drawn at random, what
 * stands here is how many different ones there are on average: of n that are equally likely, k draws hit n·(1 − e^(−k/n)). Real
 * slices are not equally likely, so that fewer are hit: these figures are rather too large.
 *
 * @param inferences that come
 * @param truths that come
 * @param messages from the first stage to the second: one a task, commit and deployment with events
 * @param messageCells cells in all of them
 * @param steps of time of which a task notes how many wait until then, one a task, commit, deployment and step
 * @param commitSlices live slices of deployments with events, once a commit
 * @param cells that the second stage reads, changes and writes: once a commit, whichever task they came from
 * @param snapshotSlices live slices of deployments with events, once a snapshot
 * @param published cells
 */
record Work(
        double inferences,
        double truths,
        double messages,
        double messageCells,
        double steps,
        double commitSlices,
        double cells,
        double snapshotSlices,
        double published) {

    static final Work NONE = new Work(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** How many slices an event of the loads has that an event's cost was measured with. */
    private static final double MEASURED_SLICES = 5;

    private static final double SNAPSHOT_SECONDS = 1;
    private static final double PUBLISH_SECONDS =
            TopologySettings.Pace.DEFAULT.publishEvery().toMillis() / 1_000.0;
    private static final double MICRO = 1e-6;

    /** Steps of time in which the join counts what waits, see {@code topology.waiting.Deadlines}. */
    private static final long STEPS_A_KEEP = 64;

    /**
     * Of one deployment.
     *
     * @param inferences that come of it each second
     * @param tasks of the first stage
     */
    static Work of(double inferences, Demand demand, int tasks) {
        Watching watching = demand.watching();
        double commit = demand.setup().commitSeconds();
        double truths = inferences * demand.arrivals().labelledShare();
        double late = truths * demand.arrivals().lateShare();
        double slices = watching.slicesAnEvent();
        double live = watching.liveSlices();
        double past = live * watching.bucketsLabelled(demand.arrivals().labelSpread());
        double newsOfTask = inferences * commit / tasks;
        double lateOfTask = late * commit / tasks;
        double snapshot = Math.max(commit, SNAPSHOT_SECONDS);
        return new Work(
                inferences,
                truths,
                tasks * someOf(newsOfTask + lateOfTask) / commit,
                tasks * (hit(live, newsOfTask * slices) + hit(past, lateOfTask * slices)) / commit,
                tasks * (someOf(newsOfTask) + hit(stepsLabelled(demand), lateOfTask)) / commit,
                live * someOf((inferences + late) * commit) / commit,
                (hit(live, inferences * commit * slices) + hit(past, late * commit * slices)) / commit,
                live * someOf((inferences + late) * snapshot) / snapshot,
                (hit(live, inferences * PUBLISH_SECONDS * slices) + hit(past, late * PUBLISH_SECONDS * slices))
                        / PUBLISH_SECONDS);
    }

    private static double stepsLabelled(Demand demand) {
        long keepMs = demand.watching().keep().toMillis();
        long stepMs = Long.highestOneBit(Math.max(1, keepMs / STEPS_A_KEEP));
        return 1 + demand.arrivals().labelSpread().toMillis() / (double) stepMs;
    }

    /** How many different ones of {@code all} some random draws hit on average. */
    static double hit(double all, double draws) {
        return -all * Math.expm1(-draws / all);
    }

    /** The probability of one or more where {@code expected} are. */
    private static double someOf(double expected) {
        return -Math.expm1(-expected);
    }

    Work plus(Work other) {
        return new Work(
                inferences + other.inferences,
                truths + other.truths,
                messages + other.messages,
                messageCells + other.messageCells,
                steps + other.steps,
                commitSlices + other.commitSlices,
                cells + other.cells,
                snapshotSlices + other.snapshotSlices,
                published + other.published);
    }

    Work times(double number) {
        return new Work(
                inferences * number,
                truths * number,
                messages * number,
                messageCells * number,
                steps * number,
                commitSlices * number,
                cells * number,
                snapshotSlices * number,
                published * number);
    }

    double events() {
        return inferences + truths;
    }

    /** Entries of the join that are written: each inference, and again with each ground truth that comes later. */
    double entries(Demand demand) {
        return inferences + truths * demand.arrivals().lateShare();
    }

    /** Between the cost of an event near and far, by how many ground truths come late. */
    private static double between(double near, double far, Demand demand) {
        return near + (far - near) * demand.arrivals().lateShare();
    }

    /** Processors that the first stage keeps busy. */
    double firstStageCores(Demand demand, Measured measured) {
        double event = between(measured.of(Constant.NEAR_MICROS), measured.of(Constant.FAR_MICROS), demand)
                + Math.max(0, demand.watching().slicesAnEvent() - MEASURED_SLICES) * measured.of(Constant.SLICE_MICROS);
        double scoring = demand.arrivals().transcriptBytes() * measured.of(Constant.TRANSCRIPT_BYTE_MICROS);
        return MICRO * (events() * event + truths * scoring + messages * measured.of(Constant.RECORD_MICROS));
    }

    /** Processors that the second stage keeps busy. */
    double secondStageCores(Measured measured) {
        return readingCores(measured)
                + MICRO
                        * (commitSlices * measured.of(Constant.COMMIT_SLICE_MICROS)
                                + cells * measured.of(Constant.CELL_MICROS)
                                + snapshotSlices * measured.of(Constant.SNAPSHOT_SLICE_MICROS)
                                + published * measured.of(Constant.PUBLISHED_MICROS));
    }

    /** Processors that messages between the stages keep busy in both, sent and read. */
    double messageCores(Measured measured) {
        return MICRO * messages * measured.of(Constant.RECORD_MICROS) + readingCores(measured);
    }

    private double readingCores(Measured measured) {
        return MICRO
                * (messages * measured.of(Constant.RECORD_MICROS)
                        + messageCells * measured.of(Constant.MESSAGE_CELL_MICROS));
    }

    /** Bytes of the messages between the stages, before compression. */
    double messageBytes(Measured measured) {
        return messages * measured.of(Constant.MESSAGE_BYTES) + messageCells * measured.of(Constant.MESSAGE_CELL_BYTES);
    }

    /**
     * Processors that brokers keep busy.
     *
     * @param markers ends of transactions in partitions, a second
     */
    double brokerCores(double markers, Demand demand, Headroom headroom, Measured measured) {
        double event =
                between(measured.of(Constant.BROKER_NEAR_MICROS), measured.of(Constant.BROKER_FAR_MICROS), demand);
        double leaders = MICRO
                * (events() * event
                        + (messages + cells + published) * measured.of(Constant.BROKER_RECORD_MICROS)
                        + markers * headroom.markerMicros());
        return leaders * (1 + (demand.setup().replicationFactor() - 1) * headroom.followerShare());
    }

    /** Bytes that all brokers together write each second, all replicas. */
    double writtenBytes(Demand demand, Headroom headroom, Measured measured) {
        double text = demand.arrivals().transcriptBytes();
        double inputs = inferences * (measured.of(Constant.INFERENCE_BYTES) + text)
                + truths * (measured.of(Constant.TRUTH_BYTES) + text);
        double entries = entries(demand) * Stored.entryChangelogBytes(demand, measured);
        double others = messageBytes(measured)
                + steps * measured.of(Constant.STEP_BYTES)
                + cells * measured.of(Constant.CELL_BYTES)
                + published * measured.of(Constant.STATISTICS_BYTES);
        return demand.setup().replicationFactor() * (inputs + entries + others * headroom.compressedTo());
    }
}
