package dev.lastmile.app;

import dev.lastmile.export.MetricsExporter;

/**
 * What Prometheus gets.
 *
 * @param seriesLimit the most series of deployments in one exposition; the worst slices are kept
 */
public record MetricsSettings(int seriesLimit) {

    public MetricsSettings {
        if (seriesLimit < 100 || seriesLimit > 1_000_000) {
            throw new IllegalArgumentException("seriesLimit must be in [100, 1000000]: " + seriesLimit);
        }
    }

    static MetricsSettings of(Section section) {
        section.only("seriesLimit");
        int seriesLimit = section.small("seriesLimit", MetricsExporter.DEFAULT_SERIES_LIMIT);
        return section.built(() -> new MetricsSettings(seriesLimit), "seriesLimit");
    }
}
