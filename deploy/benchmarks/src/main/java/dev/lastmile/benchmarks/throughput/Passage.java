package dev.lastmile.benchmarks.throughput;

import dev.lastmile.benchmarks.process.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * What was done between two readings.
 *
 * @param before what each instance had done when the time began
 * @param after what each had done when it was over
 * @param seconds of wall clock
 * @param events inferences and ground truths that were worked off
 */
record Passage(List<Reading> before, List<Reading> after, double seconds, long events) {

    Passage {
        before = List.copyOf(before);
        after = List.copyOf(after);
        if (before.isEmpty() || before.size() != after.size()) {
            throw new IllegalArgumentException(
                    "before and after must be of the same instances: " + before + ", " + after);
        }
    }

    /** Time, and processor time of all instances together. */
    Measurement measurement() {
        long nanos = Reading.sum(after).processorNanos() - Reading.sum(before).processorNanos();
        return new Measurement(seconds, nanos / (double) TimeUnit.SECONDS.toNanos(1), events, 1);
    }

    /** Messages from the first stage to the second. */
    long deltas() {
        return Reading.sum(after).deltas() - Reading.sum(before).deltas();
    }

    /** Shares of the records, one an instance, greatest first; 0-1. */
    List<Double> shares() {
        return shares(Reading::consumed);
    }

    /** Shares of the processor time, one an instance, greatest first; 0-1. */
    List<Double> processorShares() {
        return shares(Reading::processorNanos);
    }

    private List<Double> shares(ToLongFunction<Reading> figure) {
        double all = figure.applyAsLong(Reading.sum(after)) - figure.applyAsLong(Reading.sum(before));
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            shares.add((figure.applyAsLong(after.get(i)) - figure.applyAsLong(before.get(i))) / all);
        }
        shares.sort(Comparator.reverseOrder());
        return shares;
    }
}
