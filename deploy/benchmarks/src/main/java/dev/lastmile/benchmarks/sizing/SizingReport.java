package dev.lastmile.benchmarks.sizing;

import dev.lastmile.local.simulation.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page shows that is computed, part by part. */
final class SizingReport {

    private static final List<Integer> HEAPS_GIB = List.of(1, 2, 4, 8, 16);

    private final Headroom headroom;
    private final Measured measured;
    private final SizeTables sizes;
    private final FleetTables fleets;

    SizingReport(Capacity capacity, Headroom headroom, Measured measured) {
        this.headroom = headroom;
        this.measured = measured;
        sizes = new SizeTables(headroom, measured);
        fleets = new FleetTables(capacity, headroom, measured);
    }

    /** Lines by the name of the part that they belong to, in the order of the page. */
    Map<String, List<String>> parts() {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        parts.put("overview", sizes.overview(Example.overview()).asMarkdown());
        parts.put("tables", sizes.tables(HEAPS_GIB).asMarkdown());
        List<Example> tenMillion = Example.of(Example.TEN_MILLION);
        parts.put(
                "steps",
                Steps.of(
                                "Ten million, " + tenMillion.get(0).name() + ": step by step",
                                tenMillion.get(0).demand(),
                                headroom,
                                measured)
                        .asMarkdown());
        parts.put(
                "ten-million",
                sizes.details("Ten million inferences a day", tenMillion).asMarkdown());
        parts.put(
                "billion",
                sizes.details("A billion inferences a day", Example.of(Example.BILLION))
                        .asMarkdown());
        Fleet few = Example.fleet(false);
        Fleet many = Example.fleet(true);
        List<String> first = new ArrayList<>(fleets.sentences("5 slices an event", few));
        first.addAll(fleets.sentences("50 slices an event", many));
        parts.put("bottlenecks", first);
        parts.put("fleet", fleets.strains("The fleet", few, many).asMarkdown());
        parts.put("fleets", fleets.first("Other fleets", others(few, many)).asMarkdown());
        parts.put(
                "messages",
                fleets.messages("Between the stages, by tasks", few, many).asMarkdown());
        parts.put("guesses", guesses().asMarkdown());
        parts.put("measured", measured.table().asMarkdown());
        return parts;
    }

    private static Map<String, Fleet> others(Fleet few, Fleet many) {
        Map<String, Fleet> all = new LinkedHashMap<>();
        addOthers(Example.FEW_SLICES + " slices: ", few, all);
        addOthers(Example.MANY_SLICES + " slices: ", many, all);
        return all;
    }

    private static void addOthers(String slices, Fleet fleet, Map<String, Fleet> all) {
        Demand demand = fleet.demand();
        Demand single = demand.with(demand.setup().withSingleOutputs());
        all.put(slices + "as above", fleet);
        all.put(
                slices + "one customer",
                fleet.with(demand.with(demand.watching().withCustomers(1))));
        all.put(
                slices + "1,000 customers",
                fleet.with(demand.with(demand.watching().withCustomers(1_000))));
        all.put(
                slices + "ten times the traffic",
                fleet.with(demand.with(Arrivals.of(10 * demand.arrivals().inferencesPerDay()))));
        all.put(slices + "outputs with one partition", fleet.with(single));
        all.put(
                slices + "such outputs, 25 instances of 2 threads and 12 GiB of heap, 50 partitions",
                fleet.with(single.with(single.setup().withThreads(2).withHeap(12 << 10)))
                        .on(25, 50));
    }

    private Table guesses() {
        List<List<String>> rows = new ArrayList<>();
        guess("events in the busiest minutes over the mean", headroom.peakToMean(), rows);
        guess("share of processors busy at the peak", headroom.utilisation(), rows);
        guess("share of a disk that is full", headroom.diskFill(), rows);
        guess("RocksDB while it compacts, over at rest", headroom.compactionRoom(), rows);
        guess("a compacted topic at most, over what is of use in it", headroom.changelogSlack(), rows);
        guess("what lz4 leaves of cells, messages and statistics", headroom.compressedTo(), rows);
        guess("a replica that follows, over the leader, processors", headroom.followerShare(), rows);
        guess("a broker ends a transaction in a partition, µs", headroom.markerMicros(), rows);
        guess("slices on the busiest instance, over the mean", headroom.imbalance(), rows);
        guess("Java heap before any slice, MiB", headroom.baseHeapMiB(), rows);
        guess("partitions a stream thread", headroom.partitionsAThread(), rows);
        guess("instances at least", headroom.leastInstances(), rows);
        rows.add(List.of("state is read back within", Rounded.duration(headroom.restoreWithin())));
        return new Table("Guesses", List.of("what", "is"), rows);
    }

    private static void guess(String what, double value, List<List<String>> rows) {
        rows.add(List.of(what, Rounded.exact(value)));
    }
}
