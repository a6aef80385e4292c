package dev.lastmile.faults.soak;

import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.faults.traffic.Traffic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How many records a second an installation counts at most: while more are sent than that, and while it works off what waits. */
final class MaximumRate {

    private static final Duration FLOOD = Duration.ofSeconds(60);
    private static final Duration WORKED_OFF_WITHIN = Duration.ofMinutes(10);
    private static final Duration STRETCH = Duration.ofSeconds(15);

    private MaximumRate() {}

    /** Records that were committed until a time. */
    record Sample(long nanos, long records) {}

    /** Sends all that goes for a minute and nothing more until it is counted; whoever calls sets another pace then. */
    static double of(Installation installation, Traffic traffic) throws IOException, InterruptedException {
        List<Sample> samples = new ArrayList<>();
        traffic.pace(Double.POSITIVE_INFINITY);
        long end = System.nanoTime() + FLOOD.toNanos();
        while (System.nanoTime() < end) {
            samples.add(look(installation));
        }
        traffic.pace(0);
        Patience.of(WORKED_OFF_WITHIN).until("what was sent is counted", () -> {
            Sample now = look(installation);
            samples.add(now);
            return now.records() >= traffic.sent();
        });
        return highest(samples);
    }

    private static Sample look(Installation installation) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(1);
        return new Sample(System.nanoTime(), installation.committed());
    }

    /** The highest rate of any fifteen seconds, records a second; zero where it was shorter. */
    static double highest(List<Sample> samples) {
        double highest = 0;
        for (Sample first : samples) {
            highest = Math.max(
                    highest,
                    samples.stream()
                            .filter(last -> last.nanos() - first.nanos() >= STRETCH.toNanos())
                            .findFirst()
                            .map(last -> rate(first, last))
                            .orElse(0.0));
        }
        return highest;
    }

    private static double rate(Sample first, Sample last) {
        double seconds = (last.nanos() - first.nanos()) / (double) TimeUnit.SECONDS.toNanos(1);
        return (last.records() - first.records()) / seconds;
    }
}
