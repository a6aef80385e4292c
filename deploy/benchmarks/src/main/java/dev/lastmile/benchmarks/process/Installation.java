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

        /** Whether it holds, by what all instances together have done. */
        boolean holds(Reading all);
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
        Reading all = Reading.sum(read());
        while (!condition.holds(all)) {
            if (System.nanoTime() - startNanos > Contestant.LIMIT.toNanos()) {
                throw new IOException("not within " + Contestant.LIMIT + ": " + what + ": " + all);
            }
            Thread.sleep(LOOK_EVERY_MS);
            all = Reading.sum(read());
        }
    }

    /** Returns once every instance has its share of the work. */
    public void awaitReady() throws IOException, InterruptedException {
        await("all instances have their share", Reading::ready);
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
     * Has a load worked off that becomes visible as a whole, see {@link Gate}.
     *
     * @return seconds from just after it became visible to the last event
     */
    public double work(Load load) throws IOException, InterruptedException {
        if (load.inferences() == 0) {
            return 0;
        }
        List<String> topics = load.shape().customerNames().stream()
                .flatMap(customer -> Stream.of(Topics.inferences(customer), Topics.groundTruth(customer)))
                .toList();
        Gate.shutWhile(
                () -> {
                    LoadSender.send(load, site.bootstrapServers(), site.registryUrl());
                    expected.add(load.expected());
                },
                site.bootstrapServers(),
                topics);
        long startNanos = System.nanoTime();
        awaitCounted();
        return (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
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
