package dev.lastmile.benchmarks.process;

import dev.lastmile.alert.SliceStanding;
import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.LoadSender;
import dev.lastmile.benchmarks.load.Sums;
import dev.lastmile.benchmarks.throughput.contestant.Contestant;
import dev.lastmile.schema.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A broker and the instances of the monitor that work on it.
 *
 * @param site the broker
 * @param instances that share the work
 * @param expected what must have come out of all that was sent so far
 */
public record Installation(Site site, List<Instance> instances, Sums expected) {

    private static final long LOOK_EVERY_MS = 50;

    public Installation {
        instances = List.copyOf(instances);
    }

    /** What to wait for. */
    public interface Condition {

        /** Whether it holds, by what all instances together have come to. */
        boolean holds(Progress all);
    }

    /**
     * A load that was worked off.
     *
     * @param before what each instance had done just before the load became visible
     * @param seconds from just after that to the last event
     */
    public record Worked(List<Reading> before, double seconds) {

        public Worked {
            before = List.copyOf(before);
        }
    }

    /** What each instance has done so far. */
    public List<Reading> read() throws IOException {
        List<Reading> readings = new ArrayList<>();
        for (Instance instance : instances) {
            readings.add(instance.read());
        }
        return readings;
    }

    /**
     * Returns once the condition holds.
     *
     * @throws IOException when it does not in time, or an instance ended
     */
    public void await(String what, Condition condition) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        Progress all = progress();
        while (!condition.holds(all)) {
            if (System.nanoTime() - startNanos > Contestant.LIMIT.toNanos()) {
                throw new IOException("not within " + Contestant.LIMIT + ": " + what + ": " + all);
            }
            Thread.sleep(LOOK_EVERY_MS);
            all = progress();
        }
    }

    private Progress progress() throws IOException {
        List<Progress> its = new ArrayList<>();
        for (Instance instance : instances) {
            its.add(instance.progress());
        }
        return Progress.sum(its);
    }

    /** Returns once every instance has its share of the work. */
    public void awaitReady() throws IOException, InterruptedException {
        await("all instances have their share", Progress::ready);
    }

    /** Returns once all that was sent is counted. */
    public void awaitCounted() throws IOException, InterruptedException {
        await(
                "all events are counted",
                all -> all.received() >= expected.events()
                        && all.joined() >= expected.labelled()
                        && all.corrected() >= expected.corrections());
    }

    /**
     * Has a load worked off that becomes visible as a whole, see {@link Gate}. What an instance does while the load is sent is not
     * part of it: that takes the longer the more producers send, and the instance has nothing to do meanwhile.
     */
    public Worked work(Load load) throws IOException, InterruptedException {
        if (load.inferences() == 0) {
            return new Worked(read(), 0);
        }
        List<String> topics = load.shape().customerNames().stream()
                .flatMap(customer -> Stream.of(Topics.inferences(customer), Topics.groundTruth(customer)))
                .toList();
        List<Reading> before;
        try (Gate gate = Gate.shut(site.bootstrapServers(), topics)) {
            LoadSender.send(load, site.bootstrapServers(), site.registryUrl());
            expected.add(load.expected());
            before = read();
            gate.open();
        }
        long startNanos = System.nanoTime();
        awaitCounted();
        return new Worked(before, (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    /**
     * Checks what came out, once all is counted.
     *
     * @throws IOException when a sum that is shown is not what it must be
     */
    public void check(String what) throws IOException {
        Sums sums = new Sums();
        for (Instance instance : instances) {
            sums.add(instance.sums());
        }
        String difference = expected.withAtLeast(SliceStanding.MINIMUM_SHOWN).differenceFrom(sums);
        if (!difference.isEmpty()) {
            throw new IOException(what + ": " + difference);
        }
    }
}
