package dev.lastmile.benchmarks.sizing;

import dev.lastmile.local.simulation.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the main figures of a size come about, one line each. */
final class Steps {

    private static final Duration DAY = Duration.ofDays(1);

    private final Demand demand;
    private final Size size;
    private final Stored stored;
    private final Headroom headroom;
    private final Measured measured;
    private final List<List<String>> rows = new ArrayList<>();

    private Steps(Demand demand, Headroom headroom, Measured measured) {
        this.demand = demand;
        this.headroom = headroom;
        this.measured = measured;
        size = Size.of(demand, headroom, measured);
        stored = size.stored(headroom, measured);
    }

    /** Of a demand without transcripts. */
    static Table of(String title, Demand demand, Headroom headroom, Measured measured) {
        Steps steps = new Steps(demand, headroom, measured);
        steps.addWork();
        steps.addState();
        steps.addBrokers();
        return new Table(title, List.of("what", "how", "is"), steps.rows);
    }

    private void add(String what, String is, String how, Object... values) {
        rows.add(List.of(what, String.format(Locale.ROOT, how, values), is));
    }

    private static String number(double value) {
        return Rounded.number(value);
    }

    private String of(Constant constant) {
        return Rounded.exact(measured.of(constant));
    }

    private void addWork() {
        Arrivals arrivals = demand.arrivals();
        Work peak = size.peak();
        add(
                "events a second",
                number(arrivals.eventsPerSecond()),
                "%,.0f inferences × (1 + %s labelled) / 86,400 s",
                arrivals.inferencesPerDay(),
                Rounded.exact(arrivals.labelledShare()));
        add("at the peak", number(peak.events()), "× %s", Rounded.exact(headroom.peakToMean()));
        add(
                "first stage, processors",
                number(size.firstStageCores()),
                "%s events × %s µs, and %s messages × %s µs",
                number(peak.events()),
                of(Constant.FAR_MICROS),
                number(peak.messages()),
                of(Constant.RECORD_MICROS));
        add(
                "second stage, processors",
                number(size.secondStageCores()),
                "%s cells × %s µs, %s published × %s µs, %s live slices of commits × %s µs and of snapshots × %s µs,"
                        + " %s messages × %s µs and %s cells in them × %s µs",
                number(peak.cells()),
                of(Constant.CELL_MICROS),
                number(peak.published()),
                of(Constant.PUBLISHED_MICROS),
                number(peak.commitSlices()),
                of(Constant.COMMIT_SLICE_MICROS),
                of(Constant.SNAPSHOT_SLICE_MICROS),
                number(peak.messages()),
                of(Constant.RECORD_MICROS),
                number(peak.messageCells()),
                of(Constant.MESSAGE_CELL_MICROS));
        add(
                "processors to have",
                number(size.coresToHave()),
                "both, and what standbys do, / %s",
                Rounded.exact(headroom.utilisation()));
    }

    private void addState() {
        double rewritten = demand.arrivals().labelledShare() * demand.arrivals().lateShare();
        add(
                "entries of the join",
                number(stored.entries()),
                "%,.0f a day × (%d d horizon + %d d greatest age) × 1.25",
                demand.arrivals().inferencesPerDay(),
                demand.watching().horizon().toDays(),
                demand.watching().maxAge().toDays());
        add(
                "their disk, one copy at rest",
                Rounded.bytes(stored.joinBytes()),
                "× %s for later ground truths × %s bytes",
                Rounded.exact(1 + rewritten),
                of(Constant.ENTRY_DISK_BYTES));
        add(
                "cells",
                number(stored.cells()),
                "%,d deployments × up to %,.0f slices × %s buckets",
                demand.watching().deployments(),
                demand.watching().liveSlices(),
                Rounded.exact(demand.watching().bucketsKept()));
        add("their disk", Rounded.bytes(stored.cellBytes()), "× %s bytes", of(Constant.CELL_BYTES));
        add(
                "disk an instance",
                Rounded.bytes(size.machine().diskBytes()),
                "that of entries, cells and %s bytes for each id not on the heap, the latter two × %s to compact, × %d copies / %d"
                        + " instances / %s full",
                of(Constant.ID_DISK_BYTES),
                Rounded.exact(headroom.compactionRoom()),
                1 + demand.setup().standbys(),
                size.instances(),
                Rounded.exact(headroom.diskFill()));
        add(
                "read back after a disk is lost",
                Rounded.duration(size.machine().restore()),
                "(%s entries × %s, and what is written beside them) × %s of no use any more / %s a second, cells / %s"
                        + " a second, / %d threads",
                number(stored.entries()),
                Rounded.exact(1 + rewritten),
                Rounded.exact(headroom.changelogSlack()),
                of(Constant.RESTORE_ENTRIES),
                of(Constant.RESTORE_RECORDS),
                size.instances() * demand.setup().threadsAnInstance());
        add(
                "page tables of all ids, heap an instance",
                Rounded.bytes(stored.tableBytes() * (1 + demand.setup().standbys()) / size.instances()),
                "%s entries, more where the ground truth falls into another segment, × %s bytes × %d copies / %d"
                        + " instances, up to twice that as tables grow",
                number(stored.entries()),
                of(Constant.ID_TABLE_BYTES),
                1 + demand.setup().standbys(),
                size.instances());
    }

    private void addBrokers() {
        int replicas = demand.setup().replicationFactor();
        add(
                "changelogs, disk of all brokers",
                Rounded.bytes(size.brokers().changelogBytes()),
                "(%s of the join, %s of cells) × %s × %d replicas / %s full",
                Rounded.bytes(stored.joinChangelogBytes()),
                Rounded.bytes(stored.cellChangelogBytes()),
                Rounded.exact(headroom.changelogSlack()),
                replicas,
                Rounded.exact(headroom.diskFill()));
        add(
                "inputs, disk of all brokers",
                Rounded.bytes(size.brokers().inputBytes()),
                "%s bytes an inference and %s a ground truth × %s d × %d replicas / %s full",
                of(Constant.INFERENCE_BYTES),
                of(Constant.TRUTH_BYTES),
                Rounded.exact(Watching.ratio(demand.setup().inputRetention(), DAY)),
                replicas,
                Rounded.exact(headroom.diskFill()));
        add(
                "brokers, processors to have",
                number(size.brokers().coresToHave()),
                "(events × %s µs, records between the stages, of cells and statistics × %s µs, ends of transactions × %s"
                        + " µs) × %s for replicas / %s",
                of(Constant.BROKER_FAR_MICROS),
                of(Constant.BROKER_RECORD_MICROS),
                Rounded.exact(headroom.markerMicros()),
                Rounded.exact(1 + (replicas - 1) * headroom.followerShare()),
                Rounded.exact(headroom.utilisation()));
    }
}
