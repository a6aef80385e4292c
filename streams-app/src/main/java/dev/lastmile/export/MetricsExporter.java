package dev.lastmile.export;

import dev.lastmile.export.SeriesGroup.Rank;
import dev.lastmile.export.SeriesGroup.Series;
import dev.lastmile.http.Refusal;
import dev.lastmile.http.Refusals;
import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Lastmile's own metrics, made anew from immutable snapshots at every scrape: nothing here can be out of date or disagree
 * with itself. Names, labels and types are those of {@link ExportedMetric}.
 *
 * <p>Series of deployments and topics are limited in number and in size, because their labels come from customers: see {@link
 * SeriesGroup} for what is kept first. The stream's own health and the limits' own series are few, and not counted against them.
 */
public final class MetricsExporter extends Collector {

    private final Publications publications;
    private final Supplier<StreamsHealth> health;
    private final Refusals refusals;
    private final ExportLimits limits;
    private final String version;
    private final AtomicLong suppressed = new AtomicLong();

    /**
     * An exporter that is not yet registered anywhere.
     *
     * @param publications what may be shown of deployments
     * @param health how the stream does, asked at every scrape
     * @param refusals who was not served over HTTP
     * @param limits of one exposition
     * @param version of this build
     */
    public MetricsExporter(
            Publications publications,
            Supplier<StreamsHealth> health,
            Refusals refusals,
            ExportLimits limits,
            String version) {
        this.publications = publications;
        this.health = health;
        this.refusals = refusals;
        this.limits = limits;
        this.version = version;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        Families families = new Families();
        StreamsHealth stream = health.get();
        SeriesBudget budget = addLimited(families, stream);
        addHealth(families, stream);
        for (Refusal why : Refusal.values()) {
            families.addCount(ExportedMetric.HTTP_REFUSED, List.of(why.wireName()), refusals.of(why));
        }
        families.addCount(ExportedMetric.EXPORT_SERIES, List.of(), budget.series());
        families.add(ExportedMetric.EXPORT_SERIES_LIMIT, List.of(), limits.series());
        families.addCount(ExportedMetric.EXPORT_BYTES, List.of(), budget.bytes());
        families.add(ExportedMetric.EXPORT_BYTES_LIMIT, List.of(), limits.bytes());
        families.addCount(ExportedMetric.EXPORT_SERIES_SUPPRESSED, List.of(), suppressed.get());
        families.add(ExportedMetric.BUILD_INFO, List.of(version), 1);
        return families.toList();
    }

    private SeriesBudget addLimited(Families families, StreamsHealth stream) {
        List<SeriesGroup> groups = new ArrayList<>(topics(stream));
        for (Publication publication : publications.all(any -> true)) {
            groups.addAll(new DeploymentSeries(publication).groups());
        }
        groups.sort(SeriesGroup.KEPT_FIRST);
        SeriesBudget budget = new SeriesBudget(limits);
        for (SeriesGroup group : budget.keep(groups)) {
            for (Series series : group.series()) {
                families.add(series.metric(), series.labelValues(), series.value());
            }
        }
        suppressed.addAndGet(budget.suppressed());
        return budget;
    }

    /** How far behind each topic is, the furthest first. */
    private static List<SeriesGroup> topics(StreamsHealth health) {
        Map<String, Long> lost = new TreeMap<>();
        // Also what has lost nothing yet: a counter that begins with its first count hides it from increase().
        health.lagByTopic().keySet().forEach(topic -> lost.put(topic, 0L));
        lost.putAll(health.lostOffsetsByTopic());
        List<SeriesGroup> groups = new ArrayList<>();
        lost.forEach((topic, offsets) -> {
            Long lag = health.lagByTopic().get(topic);
            SeriesGroup group = new SeriesGroup(Rank.TOPIC, offsets + (lag == null ? 0 : lag))
                    .addCount(ExportedMetric.LOST_OFFSETS, List.of(topic), offsets);
            groups.add(lag == null ? group : group.addCount(ExportedMetric.STREAMS_LAG, List.of(topic), lag));
        });
        return groups;
    }

    private static void addHealth(Families families, StreamsHealth health) {
        for (StreamsHealth.State state : StreamsHealth.State.values()) {
            families.add(ExportedMetric.STREAMS_STATE, List.of(state.name()), state == health.state() ? 1 : 0);
        }
        families.addCount(ExportedMetric.STREAMS_THREADS_ALIVE, List.of(), health.threadsAlive());
        families.addCount(ExportedMetric.STREAMS_PROCESSED, List.of(), health.recordsProcessed());
        if (health.commitLatencySeconds() != null) {
            families.add(ExportedMetric.STREAMS_COMMIT_LATENCY, List.of(), health.commitLatencySeconds());
        }
        families.addCount(ExportedMetric.STREAMS_BLOCK_CACHE, List.of(), health.blockCacheBytes());
        families.addCount(ExportedMetric.STREAMS_RESTORING, List.of(), health.restoringRecords());
        families.addCount(ExportedMetric.STREAMS_RESTORED, List.of(), health.restoredRecords());
        families.addCount(
                ExportedMetric.READ_AHEAD_BYTES, List.of(), health.ahead().bytes());
        families.addCount(
                ExportedMetric.PARTITIONS_WAITING, List.of(), health.ahead().partitionsWaiting());
        families.addCount(ExportedMetric.HELD_BACK, List.of(), health.ahead().times());
        families.addCount(ExportedMetric.STREAMS_FAILED_THREADS, List.of(), health.threadsFailed());
        families.addCount(ExportedMetric.STATES_GIVEN_UP, List.of(), health.statesGivenUp());
        families.addCount(
                ExportedMetric.INPUT_TOPICS_NOT_LOG_APPEND_TIME, List.of(), health.inputTopicsNotLogAppendTime());
        families.addCount(ExportedMetric.PARTITIONS_HELD, List.of(), health.partitionsHeld());
        families.addCount(ExportedMetric.CUSTOMERS_INCOMPLETE, List.of(), health.customersIncomplete());
        families.addCount(ExportedMetric.COMMANDS_UNADDRESSED, List.of(), health.commandsUnaddressed());
    }

    /** Samples by metric, in the order of {@link ExportedMetric}. */
    private static final class Families {

        private final Map<ExportedMetric, List<MetricFamilySamples.Sample>> samples =
                new EnumMap<>(ExportedMetric.class);

        void add(ExportedMetric metric, List<String> labelValues, double value) {
            samples.computeIfAbsent(metric, any -> new ArrayList<>())
                    .add(new MetricFamilySamples.Sample(metric.metricName(), metric.labels(), labelValues, value));
        }

        /** Doubles, all Prometheus knows, are exact up to 2^53. */
        void addCount(ExportedMetric metric, List<String> labelValues, long count) {
            add(metric, labelValues, (double) count);
        }

        List<MetricFamilySamples> toList() {
            List<MetricFamilySamples> families = new ArrayList<>(samples.size());
            samples.forEach((metric, values) ->
                    families.add(new MetricFamilySamples(metric.metricName(), metric.type(), metric.help(), values)));
            return families;
        }
    }
}
