package dev.lastmile.local.deployment;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The metrics a query may name, read from {@code deploy/prometheus/metrics.txt}.
 *
 * @param labelsByMetric label names by metric name; those that Prometheus adds itself are not among them
 */
record MetricContract(Map<String, Set<String>> labelsByMetric) {

    private static final String FILE = "deploy/prometheus/metrics.txt";

    /** What a scrape adds to every series. */
    static final Set<String> ADDED_BY_SCRAPE = Set.of("job", "instance");

    /** What Prometheus makes itself, about targets and alerts. */
    static final Set<String> MADE_BY_PROMETHEUS = Set.of("up", "ALERTS");

    MetricContract {
        labelsByMetric = Collections.unmodifiableMap(labelsByMetric);
    }

    static MetricContract read() {
        Map<String, Set<String>> metrics = new LinkedHashMap<>();
        for (String line : RepositoryFiles.lines(FILE)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split(" ", -1);
            if (columns.length < 2
                    || columns.length > 3
                    || !Set.of("gauge", "counter").contains(columns[1])) {
                throw new IllegalStateException(FILE + " needs 'name gauge|counter [labels]': " + line);
            }
            Set<String> labels =
                    columns.length == 3 ? new LinkedHashSet<>(Arrays.asList(columns[2].split(","))) : Set.of();
            if (metrics.put(columns[0], labels) != null) {
                throw new IllegalStateException(FILE + " names a metric twice: " + columns[0]);
            }
        }
        return new MetricContract(metrics);
    }

    Set<String> names() {
        return labelsByMetric.keySet();
    }

    boolean isCounter(String metric) {
        return metric.endsWith("_total");
    }
}
