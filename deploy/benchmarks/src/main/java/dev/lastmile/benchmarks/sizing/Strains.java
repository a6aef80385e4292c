package dev.lastmile.benchmarks.sizing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** How much of everything a fleet uses at its peak, where most of it is used. */
final class Strains {

    /** Of a partition in the answer that names all topics, with three replicas: ids of leader, replicas and those in sync. */
    private static final double METADATA_BYTES = 43;

    private static final double MIB = 1L << 20;
    private static final double BUDGET = 100_000;

    private final Fleet fleet;
    private final Fleet.Placed placed;
    private final Demand demand;
    private final Capacity capacity;
    private final Headroom headroom;
    private final Measured measured;
    private final Work all;
    private final Stored stored;
    private final Transactions transactions;
    private final List<Strain> strains = new ArrayList<>();

    private Strains(Fleet.Placed placed, Capacity capacity, Headroom headroom, Measured measured) {
        this.fleet = placed.fleet();
        this.placed = placed;
        this.demand = fleet.demand();
        this.capacity = capacity;
        this.headroom = headroom;
        this.measured = measured;
        all = placed.whole().work();
        stored = Stored.of(demand, all.times(1 / headroom.peakToMean()), fleet.partitions(), headroom, measured);
        transactions = new Transactions(fleet.instances() * demand.setup().threadsAnInstance(), fleet.partitions());
    }

    /** The greatest share of its limit first. */
    static List<Strain> of(Fleet.Placed placed, Capacity capacity, Headroom headroom, Measured measured) {
        Strains strains = new Strains(placed, capacity, headroom, measured);
        strains.addPeople();
        strains.addInstances();
        strains.addPartition();
        strains.addBrokers();
        return strains.strains.stream()
                .sorted(Comparator.comparingDouble(Strain::share).reversed())
                .toList();
    }

    private void add(String what, double used, double limit, Strain.Beyond beyond, String remedy) {
        strains.add(new Strain(what, used, limit, beyond, remedy));
    }

    private void addPeople() {
        double labelledPerDay =
                demand.arrivals().inferencesPerDay() * demand.arrivals().labelledShare();
        add(
                "false pages a day",
                labelledPerDay / BUDGET * measured.of(Constant.FALSE_PAGES),
                capacity.falsePagesADay(),
                Strain.Beyond.PEOPLE,
                "`detection.budget`, in proportion to the traffic");
    }

    private double busiest(IntToDoubleFunction ofInstance) {
        return IntStream.range(0, fleet.instances())
                .mapToDouble(ofInstance)
                .max()
                .orElseThrow();
    }

    private double busiestPart(ToDoubleFunction<Fleet.Part> ofPart) {
        return placed.parts().stream().mapToDouble(ofPart).max().orElseThrow();
    }

    private void addInstances() {
        double live = demand.watching().liveSlices();
        double firstTask = all.firstStageCores(demand, measured) / fleet.partitions();
        add(
                "processors of an instance",
                busiest(instance -> placed.firstTasks().get(instance) * firstTask
                        + placed.of(instance).work().secondStageCores(measured)),
                demand.setup().threadsAnInstance() * headroom.utilisation(),
                Strain.Beyond.STOPS,
                "more instances and partitions; fewer slices");
        int heapMiB = demand.setup().heapMiB();
        add(
                "heap of an instance, MiB",
                busiest(instance -> heapOf(instance).takenMiB(heapMiB)),
                heapMiB,
                Strain.Beyond.STOPS,
                "a larger heap; fewer slices; more instances");
        add(
                "page tables of an instance, MiB",
                busiest(instance -> heapOf(instance).tablesMiB()),
                Heap.tablesMayTakeMiB(heapMiB),
                Strain.Beyond.SLOWER,
                "a larger heap; a shorter `horizon` and `limits.maxAge`; more instances");
        add(
                "series exported by an instance",
                busiest(instance -> placed.of(instance).deployments()
                        * (measured.of(Constant.DEPLOYMENT_SERIES) + live * measured.of(Constant.SLICE_SERIES))),
                capacity.seriesLimit(),
                Strain.Beyond.LEFT_OUT,
                "`metrics.seriesLimit`; the topics of statistics have all");
    }

    private Heap heapOf(int instance) {
        int tasks = placed.firstTasks().get(instance);
        return Heap.of(
                placed.of(instance).deployments() * demand.watching().liveSlices(),
                tasks,
                stored.tableBytes() * (1 + demand.setup().standbys()) / fleet.partitions() * tasks,
                demand,
                headroom,
                measured);
    }

    private void addPartition() {
        add(
                "processors for a task of the second stage",
                busiestPart(part -> part.work().secondStageCores(measured)),
                headroom.utilisation(),
                Strain.Beyond.STOPS,
                "`drainInterval`; fewer slices of the busiest deployment, longer buckets");
        add(
                "messages to a task of the second stage in a commit, MiB",
                busiestPart(part -> part.work().messageBytes(measured))
                        * demand.setup().commitSeconds()
                        / MIB,
                capacity.gatheredBytes() / MIB,
                Strain.Beyond.SLOWER,
                "fewer partitions; shorter `drainInterval`");
        double cellsADeployment = stored.cells() / demand.watching().deployments();
        add(
                "pause when a task of the second stage moves, s",
                busiestPart(
                        part -> part.deployments() * cellsADeployment * measured.of(Constant.WAKE_CELL_MICROS) / 1e6),
                capacity.longestPause().toMillis() / 1_000.0,
                Strain.Beyond.STOPS,
                "`kafka.max.poll.interval.ms`; more partitions; longer buckets");
    }

    private void addBrokers() {
        int brokers = capacity.brokers();
        double consumers = fleet.instances() * demand.setup().threadsAnInstance();
        int partitions = transactions.partitionsOf(demand);
        double markers = transactions.markers(all.messages(), demand);
        add(
                "replicas of partitions on a broker",
                partitions * (double) demand.setup().replicationFactor() / brokers,
                capacity.replicasABroker(),
                Strain.Beyond.STOPS,
                "fewer partitions; outputs made beforehand with one; fewer instances with more threads");
        add(
                "processors of a broker",
                all.brokerCores(markers, demand, headroom, measured) / brokers,
                capacity.coresABroker() * headroom.utilisation(),
                Strain.Beyond.STOPS,
                "more brokers; `drainInterval`");
        add(
                "written by a broker, MB/s",
                all.writtenBytes(demand, headroom, measured) / brokers / 1e6,
                capacity.writtenBytesABroker() / 1e6,
                Strain.Beyond.STOPS,
                "fewer slices, longer buckets; more brokers");
        add(
                "metadata told by a broker, MB/s",
                consumers
                        * partitions
                        * METADATA_BYTES
                        / capacity.metadataEvery().toSeconds()
                        / brokers
                        / 1e6,
                capacity.writtenBytesABroker() / 1e6,
                Strain.Beyond.STOPS,
                "`kafka.main.consumer.metadata.max.age.ms`; fewer partitions");
        add(
                "offsets committed in one partition a second",
                offsets(),
                capacity.offsetsAPartition(),
                Strain.Beyond.STOPS,
                "`drainInterval`; fewer partitions");
    }

    /**
     * Each task commits the offsets of every partition that it has read from since it came to its thread, whether there was
     * something new or not: two a customer for tasks of the first stage, one for those of the second.
     */
    private double offsets() {
        return fleet.partitions()
                * (2.0 * demand.watching().customers() + 1)
                / demand.setup().commitSeconds();
    }
}
