package dev.lastmile.faults.soak;

import java.time.Duration;
import java.util.List;

/** How fast a quantity grows, by a straight line through its samples that has the least squares. */
final class Growth {

    private static final double MEBIBYTE = 1 << 20;

    private Growth() {}

    /**
     * Memory at a time.
     *
     * @param after since the beginning
     * @param bytes that were resident
     */
    record Sample(Duration after, long bytes) {}

    /** Mebibytes an hour from some time on; NaN where fewer than two samples are left. */
    static double ofMemory(List<Sample> samples, Duration from) {
        List<Sample> later = samples.stream()
                .filter(sample -> sample.after().compareTo(from) >= 0)
                .toList();
        double hours = later.stream().mapToDouble(Growth::hours).average().orElse(Double.NaN);
        double bytes = later.stream().mapToDouble(Sample::bytes).average().orElse(Double.NaN);
        double products = 0;
        double squares = 0;
        for (Sample sample : later) {
            double distance = hours(sample) - hours;
            products += distance * (sample.bytes() - bytes);
            squares += distance * distance;
        }
        return products / squares / MEBIBYTE;
    }

    private static double hours(Sample sample) {
        return sample.after().toMillis() / (double) Duration.ofHours(1).toMillis();
    }
}
