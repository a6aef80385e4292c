package dev.lastmile.export;

import dev.lastmile.export.SeriesGroup.Series;
import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.List;

/** Which groups of series go into one exposition: the best that fit, by their number and by their size. Used once. */
final class SeriesBudget {

    /** Quotes, the sign between name and value, and a comma after each. */
    private static final long AROUND_A_LABEL = 4;

    /** Braces, a space and the end of the line. */
    private static final long AROUND_A_SERIES = 4;

    private final ExportLimits limits;
    private final long mostBytes;
    private long series;
    private long bytes;
    private long suppressed;

    SeriesBudget(ExportLimits limits) {
        this.limits = limits;
        mostBytes = (long) limits.bytes() - ExportLimits.OTHERS_BYTES;
    }

    /** Those that fit, best first; a smaller one that comes later may fit where a larger one did not. */
    List<SeriesGroup> keep(List<SeriesGroup> bestFirst) {
        List<SeriesGroup> kept = new ArrayList<>();
        for (SeriesGroup group : bestFirst) {
            int size = group.series().size();
            boolean isOneTooMany = series + size > limits.series();
            // Not measured where it does not matter: there may be a million.
            long itsBytes = isOneTooMany ? 0 : bytesOf(group);
            if (isOneTooMany || bytes + itsBytes > mostBytes) {
                suppressed += size;
            } else {
                series += size;
                bytes += itsBytes;
                kept.add(group);
            }
        }
        return kept;
    }

    /** Series that were kept. */
    long series() {
        return series;
    }

    /** Their size. */
    long bytes() {
        return bytes;
    }

    /** Series that were not. */
    long suppressed() {
        return suppressed;
    }

    private static long bytesOf(SeriesGroup group) {
        long all = 0;
        for (Series one : group.series()) {
            all += bytesOf(one);
        }
        return all;
    }

    private static long bytesOf(Series one) {
        List<String> names = one.metric().labels();
        long all = AROUND_A_SERIES
                + one.metric().metricName().length()
                + Collector.doubleToGoString(one.value()).length();
        for (int label = 0; label < names.size(); label++) {
            all += AROUND_A_LABEL
                    + names.get(label).length()
                    + escapedBytes(one.labelValues().get(label));
        }
        return all;
    }

    /** As UTF-8, with a backslash before quotes, backslashes and ends of lines. */
    private static long escapedBytes(String text) {
        long all = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\' || letter == '\n') {
                all += 2;
            } else if (letter < 0x80) {
                all += 1;
            } else if (letter < 0x800 || Character.isSurrogate(letter)) {
                // A pair of surrogates is one character of four bytes.
                all += 2;
            } else {
                all += 3;
            }
        }
        return all;
    }
}
