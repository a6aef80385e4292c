package dev.lastmile.app;

import dev.lastmile.export.ExportLimits;

/**
 * What Prometheus gets.
 *
 * @param seriesLimit the most series of deployments and topics in one exposition; the worst slices are kept
 * @param bytesLimit the most bytes of one exposition, before it is compressed; likewise
 */
public record MetricsSettings(int seriesLimit, int bytesLimit) {

    public MetricsSettings {
        if (seriesLimit < 100 || seriesLimit > 1_000_000) {
            throw new IllegalArgumentException("seriesLimit must be in [100, 1000000]: " + seriesLimit);
        }
        if (bytesLimit < 500_000 || bytesLimit > 500_000_000) {
            throw new IllegalArgumentException("bytesLimit must be in [500000, 500000000]: " + bytesLimit);
        }
    }

    static MetricsSettings of(Section section) {
        section.only("seriesLimit", "bytesLimit");
        int seriesLimit = section.small("seriesLimit", ExportLimits.DEFAULT.series());
        int bytesLimit = section.small("bytesLimit", ExportLimits.DEFAULT.bytes());
        return section.built(() -> new MetricsSettings(seriesLimit, bytesLimit), "seriesLimit", "bytesLimit");
    }

    ExportLimits limits() {
        return new ExportLimits(seriesLimit, bytesLimit);
    }
}
