package dev.lastmile.benchmarks.sizing;

import dev.lastmile.local.simulation.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Sizes as tables. */
final class SizeTables {

    private static final int MIB_A_GIB = 1 << 10;

    private final Headroom headroom;
    private final Measured measured;

    SizeTables(Headroom headroom, Measured measured) {
        this.headroom = headroom;
        this.measured = measured;
    }

    /** The columns that decide, a row a demand. */
    Table overview(List<Demand> demands) {
        List<List<String>> rows = new ArrayList<>();
        for (Demand demand : demands) {
            Size size = Size.of(demand, headroom, measured);
            rows.add(List.of(
                    whole(demand.arrivals().inferencesPerDay()),
                    demand.watching().horizon().toDays() + " d",
                    whole(demand.watching().slicesAnEvent()),
                    whole(demand.watching().deployments()),
                    Rounded.number(size.coresToHave()),
                    size.instances() + ", " + size.reason().words(),
                    whole(size.partitions()),
                    whole(size.machine().memoryMiB()) + " MiB",
                    onHeap(size),
                    Rounded.bytes(size.machine().diskBytes()),
                    Rounded.number(size.brokers().coresToHave()),
                    Rounded.bytes(size.brokers().changelogBytes()),
                    Rounded.bytes(size.brokers().inputBytes())));
        }
        return new Table(
                "What to have",
                List.of(
                        "inferences a day",
                        "horizon",
                        "slices an event",
                        "deployments",
                        "processors, all instances",
                        "instances, because of",
                        "partitions",
                        "memory an instance",
                        "ids on the heap",
                        "disk an instance",
                        "brokers: processors",
                        "brokers: changelogs",
                        "brokers: inputs"),
                rows);
    }

    /** Everything, a column an example. */
    Table details(String title, List<Example> examples) {
        List<Size> sizes = examples.stream()
                .map(example -> Size.of(example.demand(), headroom, measured))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        row(
                "deployments, customers",
                sizes,
                size -> {
                    Watching watching = size.demand().watching();
                    return whole(watching.deployments()) + ", " + whole(watching.customers());
                },
                rows);
        row(
                "live slices a deployment",
                sizes,
                size -> whole(size.demand().watching().liveSlices()),
                rows);
        row(
                "events a second, mean",
                sizes,
                size -> number(size.demand().arrivals().eventsPerSecond()),
                rows);
        row("events a second, peak", sizes, size -> number(size.peak().events()), rows);
        row("processors busy at the peak: first stage", sizes, size -> number(size.firstStageCores()), rows);
        row("second stage", sizes, size -> number(size.secondStageCores()), rows);
        row("**processors to have**, all instances", sizes, size -> number(size.coresToHave()), rows);
        row(
                "**instances**, because of",
                sizes,
                size -> size.instances() + ", " + size.reason().words(),
                rows);
        row(
                "stream threads an instance",
                sizes,
                size -> whole(size.demand().setup().threadsAnInstance()),
                rows);
        row("**partitions** of each topic", sizes, size -> whole(size.partitions()), rows);
        row("Java heap an instance, MiB", sizes, size -> whole(size.machine().heapMiB()), rows);
        row("ids on the heap", sizes, SizeTables::onHeap, rows);
        row(
                "Java heap with which all have one, MiB",
                sizes,
                size -> whole(size.machine()
                        .heap()
                        .forAllTablesMiB(size.demand().setup().heapMiB())),
                rows);
        row("**memory** an instance, MiB", sizes, size -> whole(size.machine().memoryMiB()), rows);
        row("**disk** an instance", sizes, size -> Rounded.bytes(size.machine().diskBytes()), rows);
        row(
                "state read back after a disk is lost",
                sizes,
                size -> Rounded.duration(size.machine().restore()),
                rows);
        row(
                "pause when deployments move",
                sizes,
                size -> Rounded.duration(size.machine().wake()),
                rows);
        row(
                "brokers: **processors to have**",
                sizes,
                size -> number(size.brokers().coresToHave()),
                rows);
        row(
                "brokers: written a second, peak",
                sizes,
                size -> Rounded.bytes(size.brokers().writtenBytesPerSecond()),
                rows);
        row(
                "brokers: **disk**, changelogs",
                sizes,
                size -> Rounded.bytes(size.brokers().changelogBytes()),
                rows);
        row(
                "brokers: **disk**, inputs",
                sizes,
                size -> Rounded.bytes(size.brokers().inputBytes()),
                rows);
        row(
                "brokers: statistics, more each day",
                sizes,
                size -> Rounded.bytes(size.brokers().statisticsBytesPerDay()),
                rows);
        row("partitions of all topics", sizes, size -> whole(size.brokers().partitions()), rows);
        row(
                "messages between the stages a second, peak",
                sizes,
                size -> number(size.peak().messages()),
                rows);
        row("cells changed a second, peak", sizes, size -> number(size.peak().cells()), rows);
        row("cells published a second, peak", sizes, size -> number(size.peak().published()), rows);
        List<String> header = new ArrayList<>(List.of(""));
        examples.forEach(example -> header.add(example.name()));
        return new Table(title, header, rows);
    }

    /** How many ids an instance may keep until its heap has no room for all of them. */
    Table tables(List<Integer> heapsGiB) {
        List<List<String>> rows = new ArrayList<>();
        for (int heapGiB : heapsGiB) {
            double most = Heap.mostIds(heapGiB * (double) MIB_A_GIB, measured);
            rows.add(List.of(heapGiB + " GiB", number(most / Stored.GROWTH), number(most)));
        }
        return new Table(
                "Ids that an instance keeps, standbys' too",
                List.of("Java heap", "all are there up to", "some are not at the latest from"),
                rows);
    }

    private static String onHeap(Size size) {
        double share = size.machine().heap().onHeapShare(size.machine().heapMiB());
        return share == 1 ? "all" : "at most " + number(Math.max(1, Math.floor(100 * share))) + " %";
    }

    private static void row(String name, List<Size> sizes, Function<Size, String> cell, List<List<String>> rows) {
        List<String> row = new ArrayList<>(List.of(name));
        sizes.forEach(size -> row.add(cell.apply(size)));
        rows.add(row);
    }

    private static String number(double value) {
        return Rounded.number(value);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
