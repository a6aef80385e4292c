package dev.lastmile.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Series that are only useful together, such as a slice's ratio and its interval: kept or left out as one.
 *
 * <p>When not all groups fit, alerts are kept first, then how far behind topics are, of which there are few, then what is
 * known of deployments as a whole, then overall slices, then the slices with the worst effect.
 */
final class SeriesGroup {

    /** What to keep before what. */
    enum Rank {
        ALERT,
        TOPIC,
        DEPLOYMENT,
        OVERALL,
        SLICE
    }

    /** One value of one metric. */
    record Series(ExportedMetric metric, List<String> labelValues, double value) {
        Series {
            labelValues = List.copyOf(labelValues);
        }
    }

    /** Best kept first. Ties keep the order they came in, so that an exposition does not flicker. */
    static final Comparator<SeriesGroup> KEPT_FIRST = Comparator.<SeriesGroup, Rank>comparing(group -> group.rank)
            .thenComparing(group -> group.effect, Comparator.reverseOrder());

    private final Rank rank;
    private final double effect;
    private final List<Series> series = new ArrayList<>();

    SeriesGroup(Rank rank, double effect) {
        this.rank = rank;
        this.effect = effect;
    }

    SeriesGroup add(ExportedMetric metric, List<String> labelValues, double value) {
        series.add(new Series(metric, labelValues, value));
        return this;
    }

    /** Adds a count; Prometheus knows doubles only, which are exact up to 2^53. */
    SeriesGroup addCount(ExportedMetric metric, List<String> labelValues, long count) {
        return add(metric, labelValues, (double) count);
    }

    /** Adds nothing where the value is not known: an absent series says so, a zero would lie. */
    SeriesGroup addIfKnown(ExportedMetric metric, List<String> labelValues, @Nullable Double value) {
        return value == null ? this : add(metric, labelValues, value);
    }

    List<Series> series() {
        return series;
    }
}
