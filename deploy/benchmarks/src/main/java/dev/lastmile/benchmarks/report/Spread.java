package dev.lastmile.benchmarks.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * A figure over several rounds. With few rounds it says how far they lie apart, and nothing about those not run.
 *
 * @param min of all rounds
 * @param median of all rounds; the mean of the middle two where their number is even
 * @param max of all rounds
 */
public record Spread(double min, double median, double max) {

    public Spread {
        if (!(min <= median && median <= max)) {
            throw new IllegalArgumentException("min, median and max must ascend: " + min + ", " + median + ", " + max);
        }
    }

    /** Of one value a round, at least one. */
    public static Spread of(List<Double> rounds) {
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("rounds must be >= 1: 0");
        }
        List<Double> sorted = rounds.stream().sorted().toList();
        int upper = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(upper) : (sorted.get(upper - 1) + sorted.get(upper)) / 2;
        return new Spread(sorted.get(0), median, sorted.get(sorted.size() - 1));
    }

    /** {@code 1.20 – 1.34 – 1.50}, or {@code 1.34} where all are the same; each as the format says. */
    public String text(String format) {
        String middle = String.format(Locale.ROOT, format, median);
        return min == max
                ? middle
                : String.format(Locale.ROOT, format, min) + " – " + middle + " – "
                        + String.format(Locale.ROOT, format, max);
    }

    /** A figure to be reached, as it was set: {@code 5}, {@code 1.25}. */
    public static String bound(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
