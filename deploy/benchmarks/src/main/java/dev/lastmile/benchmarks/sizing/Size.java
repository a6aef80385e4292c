package dev.lastmile.benchmarks.sizing;

import java.time.Duration;

/**
 * What a demand takes.
 *
 * @param demand what was asked
 * @param peak what is done each second at the peak
 * @param firstStageCores processors busy at the peak
 * @param secondStageCores processors busy at the peak
 * @param coresToHave of all instances, so that no more than the share allowed is busy, standbys included
 * @param instances of the monitor
 * @param reason what made them so many
 * @param partitions of every topic of a customer
 * @param machine what each instance takes
 * @param brokers what brokers take
 */
record Size(
        Demand demand,
        Work peak,
        double firstStageCores,
        double secondStageCores,
        double coresToHave,
        int instances,
        Reason reason,
        int partitions,
        Machine machine,
        Brokers brokers) {

    /** Where partitions and cores do not settle, they grow more slowly each time. */
    private static final int MOST_ROUNDS = 50;

    /** What decides how many instances there are. */
    enum Reason {
        ONE_MAY_FAIL("one may fail"),
        CORES("processors"),
        RESTORE("time to read state back");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * One instance of the monitor.
     *
     * @param heap what takes it
     * @param heapMiB of Java
     * @param memoryMiB of the process
     * @param diskBytes to have, for its own state and the copies it keeps of others'
     * @param restore how long it reads, having lost its disk
     * @param wake how long its threads do nothing else when all its deployments come to them, their state being there
     */
    record Machine(Heap heap, int heapMiB, int memoryMiB, double diskBytes, Duration restore, Duration wake) {}

    /**
     * All brokers together.
     *
     * @param coresToHave so that no more than the share allowed is busy at the peak
     * @param writtenBytesPerSecond at the peak, all replicas
     * @param changelogBytes of disk to have, all replicas
     * @param inputBytes of disk to have, all replicas
     * @param statisticsBytesPerDay by which statistics grow, all replicas
     * @param partitions of all topics, one replica
     */
    record Brokers(
            double coresToHave,
            double writtenBytesPerSecond,
            double changelogBytes,
            double inputBytes,
            double statisticsBytesPerDay,
            int partitions) {}

    /**
     * Of a demand. All deployments have the same arrivals here, which makes the most work for the second stage: how much of it
     * falls to one instance is what {@link Fleet} is for.
     */
    static Size of(Demand demand, Headroom headroom, Measured measured) {
        Setup setup = demand.setup();
        int instances = headroom.leastInstances();
        Reason reason = Reason.ONE_MAY_FAIL;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            int tasks = partitionsOf(instances, setup, headroom);
            double busy = busyCores(peakOf(demand, tasks, headroom), demand, measured);
            int forCores = atLeast(busy / headroom.utilisation() / setup.threadsAnInstance());
            double restore = storedOf(demand, tasks, headroom, measured).restoreSeconds(headroom, measured);
            int forRestore = atLeast(restore
                    / setup.threadsAnInstance()
                    / headroom.restoreWithin().toSeconds());
            int needed = Math.max(forCores, forRestore);
            if (needed <= instances) {
                break;
            }
            reason = forCores >= forRestore ? Reason.CORES : Reason.RESTORE;
            instances = needed;
        }
        return of(demand, instances, reason, headroom, measured);
    }

    private static Size of(Demand demand, int instances, Reason reason, Headroom headroom, Measured measured) {
        int partitions = partitionsOf(instances, demand.setup(), headroom);
        Work peak = peakOf(demand, partitions, headroom);
        Stored stored = storedOf(demand, partitions, headroom, measured);
        return new Size(
                demand,
                peak,
                peak.firstStageCores(demand, measured),
                peak.secondStageCores(measured),
                busyCores(peak, demand, measured) / headroom.utilisation(),
                instances,
                reason,
                partitions,
                machineOf(demand, instances, partitions, stored, headroom, measured),
                brokersOf(demand, instances, partitions, peak, stored, headroom, measured));
    }

    /** What lies on disks for it. */
    Stored stored(Headroom headroom, Measured measured) {
        return storedOf(demand, partitions, headroom, measured);
    }

    private static int partitionsOf(int instances, Setup setup, Headroom headroom) {
        return instances * setup.threadsAnInstance() * headroom.partitionsAThread();
    }

    private static Work loadOf(Demand demand, int tasks, double timesTheMean) {
        int deployments = demand.watching().deployments();
        double each = demand.arrivals().inferencesPerSecond() * timesTheMean / deployments;
        return Work.of(each, demand, tasks).times(deployments);
    }

    private static Work peakOf(Demand demand, int tasks, Headroom headroom) {
        return loadOf(demand, tasks, headroom.peakToMean());
    }

    private static Stored storedOf(Demand demand, int tasks, Headroom headroom, Measured measured) {
        return Stored.of(demand, loadOf(demand, tasks, 1), tasks, headroom, measured);
    }

    private static double busyCores(Work peak, Demand demand, Measured measured) {
        double standby = demand.setup().standbys()
                * ((peak.entries(demand) + peak.steps()) / measured.of(Constant.RESTORE_ENTRIES)
                        + peak.cells() / measured.of(Constant.RESTORE_RECORDS));
        return peak.firstStageCores(demand, measured) + peak.secondStageCores(measured) + standby;
    }

    private static int atLeast(double number) {
        return (int) Math.ceil(number);
    }

    private static Machine machineOf(
            Demand demand, int instances, int partitions, Stored stored, Headroom headroom, Measured measured) {
        Setup setup = demand.setup();
        double slices = demand.watching().deployments() * demand.watching().liveSlices() / instances;
        Heap heap = Heap.of(
                slices * headroom.imbalance(),
                atLeast(partitions / (double) instances),
                stored.tableBytes() * (1 + setup.standbys()) / instances,
                demand,
                headroom,
                measured);
        int heapMiB = heap.leastMiB(setup.heapMiB());
        int threads = instances * setup.threadsAnInstance();
        double ids = stored.entries() * (1 - heap.onHeapShare(heapMiB)) * measured.of(Constant.ID_DISK_BYTES);
        double disk = (stored.joinBytes() + (ids + stored.cellBytes()) * headroom.compactionRoom())
                * (1 + setup.standbys())
                / instances
                / headroom.diskFill();
        double wakeSeconds = stored.cells() * measured.of(Constant.WAKE_CELL_MICROS) / 1e6 / threads;
        return new Machine(
                heap,
                heapMiB,
                heapMiB + setup.storesMiB() + atLeast(measured.of(Constant.PROCESS_MEBIBYTES)),
                disk,
                seconds(stored.restoreSeconds(headroom, measured) / threads),
                seconds(wakeSeconds));
    }

    private static Brokers brokersOf(
            Demand demand,
            int instances,
            int partitions,
            Work peak,
            Stored stored,
            Headroom headroom,
            Measured measured) {
        int replicas = demand.setup().replicationFactor();
        Transactions transactions = new Transactions(instances * demand.setup().threadsAnInstance(), partitions);
        double markers = transactions.markers(peak.messages(), demand);
        return new Brokers(
                peak.brokerCores(markers, demand, headroom, measured) / headroom.utilisation(),
                peak.writtenBytes(demand, headroom, measured),
                (stored.joinChangelogBytes() + stored.cellChangelogBytes())
                        * headroom.changelogSlack()
                        * replicas
                        / headroom.diskFill(),
                stored.inputBytes() * replicas / headroom.diskFill(),
                stored.statisticsBytesPerDay() * replicas,
                transactions.partitionsOf(demand));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }
}
