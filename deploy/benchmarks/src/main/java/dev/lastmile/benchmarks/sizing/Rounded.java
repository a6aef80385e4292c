package dev.lastmile.benchmarks.sizing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Quantities as people read them: two figures, or three after a 1, since the rest is not known. */
final class Rounded {

    private static final List<String> BYTES = List.of("B", "kB", "MB", "GB", "TB", "PB");
    private static final double KILO = 1_000;
    private static final double SIXTY = 60;

    /** Of a unit that people rather say than one of a larger. */
    private static final double MOST_OF_SIXTY = 120;

    private Rounded() {}

    /** {@code 0.042}, {@code 1.73}, {@code 25}, {@code 29,000}. */
    static String number(double value) {
        return exact(rounded(value));
    }

    /** As it was set: {@code 0.95}, {@code 3.33}, {@code 1,024}. */
    static String exact(double value) {
        return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    private static double rounded(double value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        boolean startsWithOne = exact.unscaledValue().abs().toString().startsWith("1");
        return exact.round(new MathContext(startsWithOne ? 3 : 2)).doubleValue();
    }

    /** {@code 4.2 GB}, of a billion bytes each. */
    static String bytes(double bytes) {
        double value = bytes;
        int unit = 0;
        while (rounded(value) >= KILO && unit < BYTES.size() - 1) {
            value /= KILO;
            unit++;
        }
        return number(value) + " " + BYTES.get(unit);
    }

    /** {@code 28 min}. */
    static String duration(Duration duration) {
        double seconds = duration.toMillis() / KILO;
        if (seconds < MOST_OF_SIXTY) {
            return number(seconds) + " s";
        }
        double minutes = seconds / SIXTY;
        return minutes < MOST_OF_SIXTY ? number(minutes) + " min" : number(minutes / SIXTY) + " h";
    }
}
