package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.LoadSender;
import dev.lastmile.benchmarks.load.Pattern;
import dev.lastmile.benchmarks.load.Shape;
import dev.lastmile.benchmarks.process.Installation;
import dev.lastmile.benchmarks.process.Reading;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Events come at a rate, each when it is due; what is done in a part of that time counts.
 *
 * @param perSecond events
 * @param seconds that count; before and after them events come at the same rate
 */
record SteadyRate(int perSecond, int seconds) implements Arrival {

    /** Before the time that counts, so that it begins when the sender and the monitor have found their pace; and after it. */
    private static final int MARGIN_SECONDS = 5;

    /** More, at the beginning or the end, means that the machine cannot do it; of a minute it is a twentieth. */
    private static final double MOST_SECONDS_BEHIND = 3;

    /** What happens now; ground truths come near, since far ones would not come before the time is half over. */
    @Override
    public Load load(Pattern pattern, long dayStartMs, long seed, Shape shape) {
        int allSeconds = MARGIN_SECONDS + seconds + MARGIN_SECONDS;
        int inferences = (int) Math.round((double) perSecond * allSeconds / shape.eventsPerInference());
        return new Load(
                Pattern.NEAR,
                inferences,
                System.currentTimeMillis(),
                Duration.ofSeconds(allSeconds),
                seed,
                ID_PREFIX,
                shape);
    }

    @Override
    public Passage work(Installation installation, Load load) throws IOException, InterruptedException {
        long consumedBefore = Reading.sum(installation.read()).consumed();
        long startNanos = System.nanoTime();
        CompletableFuture<Void> sent = sent(installation, load);
        awaitSecond(MARGIN_SECONDS, startNanos);
        List<Reading> first = installation.read();
        double firstSecond = secondsSince(startNanos);
        awaitSecond(MARGIN_SECONDS + seconds, startNanos);
        List<Reading> last = installation.read();
        double lastSecond = secondsSince(startNanos);
        sent.join();
        requireOnTime(Reading.sum(first).consumed() - consumedBefore, firstSecond);
        requireOnTime(Reading.sum(last).consumed() - consumedBefore, lastSecond);
        installation.expected().add(load.expected());
        installation.awaitCounted();
        return new Passage(
                first,
                last,
                lastSecond - firstSecond,
                Reading.sum(last).consumed() - Reading.sum(first).consumed());
    }

    private CompletableFuture<Void> sent(Installation installation, Load load) {
        return CompletableFuture.runAsync(
                () -> LoadSender.send(
                        load,
                        perSecond,
                        installation.site().bootstrapServers(),
                        installation.site().registryUrl()),
                task -> new Thread(task, "sender").start());
    }

    private static void awaitSecond(int second, long startNanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(startNanos + TimeUnit.SECONDS.toNanos(second) - System.nanoTime());
    }

    private static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private void requireOnTime(long consumed, double second) throws IOException {
        double behind = second - consumed / (double) perSecond;
        if (behind > MOST_SECONDS_BEHIND) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%,d events a second are too many for this machine: after %.1f s it is %.1f s behind",
                    perSecond,
                    second,
                    behind));
        }
    }
}
