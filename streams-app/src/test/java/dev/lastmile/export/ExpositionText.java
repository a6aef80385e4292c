package dev.lastmile.export;

import dev.lastmile.http.Refusals;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An exposition read back as Prometheus reads it. */
final class ExpositionText {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    /** One line of values. */
    record Sample(String name, Map<String, String> labels, double value) {}

    private final Map<String, String> types = new LinkedHashMap<>();
    private final List<Sample> samples;

    private ExpositionText(String text) {
        samples = text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(ExpositionText::sample)
                .toList();
        text.lines().filter(line -> line.startsWith("# TYPE ")).forEach(line -> {
            String[] words = line.split(" ", -1);
            types.put(words[2], words[3]);
        });
    }

    static ExpositionText of(SnapshotSource snapshots, Supplier<StreamsHealth> health, int limit) {
        CollectorRegistry registry = new CollectorRegistry();
        new MetricsExporter(
                        new Publications(snapshots),
                        health,
                        new Refusals(),
                        new ExportLimits(limit, 5_000_000),
                        "1.2.3")
                .register(registry);
        return of(registry);
    }

    static ExpositionText of(CollectorRegistry registry) {
        return of(Exposition.of(registry));
    }

    static ExpositionText of(byte[] exposed) {
        return new ExpositionText(new String(exposed, StandardCharsets.UTF_8));
    }

    private static Sample sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no sample: " + line);
        }
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3)));
    }

    List<Sample> samples() {
        return samples;
    }

    List<Sample> samples(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    /** The value of the one sample of this name whose labels include these. */
    double value(String name, Map<String, String> labels) {
        List<Sample> found = samples(name).stream()
                .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(name + labels + " is there " + found.size() + " times");
        }
        return found.get(0).value();
    }

    String type(String name) {
        return types.getOrDefault(name, "absent");
    }
}
