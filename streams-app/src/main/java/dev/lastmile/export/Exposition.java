package dev.lastmile.export;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A registry as Prometheus' text format 0.0.4. */
final class Exposition {

    static final String CONTENT_TYPE = TextFormat.CONTENT_TYPE_004;

    private Exposition() {}

    /** All samples of the registry but the {@code _created} ones, which cost a series each and tell operators nothing. */
    static byte[] of(CollectorRegistry registry) {
        List<MetricFamilySamples> families = new ArrayList<>();
        for (MetricFamilySamples family : Collections.list(registry.metricFamilySamples())) {
            families.add(withoutCreated(family));
        }
        StringWriter text = new StringWriter(1 << 16);
        try {
            TextFormat.write004(text, Collections.enumeration(families));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static MetricFamilySamples withoutCreated(MetricFamilySamples family) {
        List<Sample> kept = family.samples.stream()
                .filter(sample -> !sample.name.endsWith("_created"))
                .toList();
        return new MetricFamilySamples(family.name, family.type, family.help, kept);
    }
}
