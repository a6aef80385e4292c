package dev.lastmile.app;

import dev.lastmile.export.StreamsHealth;
import dev.lastmile.topology.bundle.BackPressure;
import dev.lastmile.topology.bundle.Gaps;
import dev.lastmile.topology.bundle.HeldPartitions;
import dev.lastmile.topology.damage.Damages;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** The few numbers about the stream that operators need, out of the thousands that Kafka Streams has. */
final class KafkaStreamsHealth {

    private static final String THREADS = "stream-thread-metrics";

    private final Map<String, Double> processedByThread = new HashMap<>();
    private double processed;

    /** What the stream's metrics say now; thread-safe. */
    synchronized StreamsHealth of(
            KafkaStreams.State state,
            Map<MetricName, ? extends Metric> metrics,
            ThreadReplacement threads,
            RestoreProgress restore,
            Damages damages,
            Gaps gaps,
            BackPressure pressure,
            HeldPartitions held,
            Supplier<Long> notLogAppendTime,
            Supplier<Long> customersIncomplete,
            Supplier<Long> commandsUnaddressed) {
        Lags lags = new Lags();
        double commitMs = 0;
        int committing = 0;
        double cacheBytes = 0;
        double alive = 0;
        for (Metric metric : metrics.values()) {
            MetricName name = metric.metricName();
            if (!(metric.metricValue() instanceof Number number) || Double.isNaN(number.doubleValue())) {
                continue;
            }
            double value = number.doubleValue();
            switch (name.name()) {
                case "alive-stream-threads" -> alive = value;
                case "process-total" -> {
                    if (name.group().equals(THREADS)) {
                        countProcessed(name.tags().getOrDefault("thread-id", ""), value);
                    }
                }
                case "commit-latency-avg" -> {
                    if (name.group().equals(THREADS)) {
                        commitMs += value;
                        committing++;
                    }
                }
                // All stores share one cache, and each reports all of it.
                case "block-cache-usage" -> cacheBytes = Math.max(cacheBytes, value);
                case "records-lag" -> lags.add(name.tags(), (long) value);
                default -> {}
            }
        }
        Double commitSeconds = committing == 0 ? null : commitMs / committing / 1000;
        return new StreamsHealth(
                StreamsHealth.State.valueOf(state.name()),
                (long) alive,
                threads.deaths(),
                lags.byTopic(),
                (long) processed,
                commitSeconds,
                (long) cacheBytes,
                restore.remainingRecords(),
                restore.restoredRecords(),
                notLogAppendTime.get(),
                customersIncomplete.get(),
                commandsUnaddressed.get(),
                damages.count(),
                new StreamsHealth.Ahead(pressure.bytes(), pressure.partitionsWaiting(), pressure.times()),
                gaps.offsetsByTopic(),
                held.count());
    }

    /** A thread's own total ends with it, ours goes on. */
    private void countProcessed(String thread, double total) {
        Double before = processedByThread.put(thread, total);
        processed += before == null || total < before ? total : total - before;
    }

    /**
     * Lags by partition, summed by topic. The consumer reports a topic with dots under two names for a while, one of them
     * with underscores; they are one. What is read to restore state is no backlog: it is told as such.
     */
    private static final class Lags {

        private final Map<String, Long> byPartition = new HashMap<>();
        private final Map<String, String> topicByPartition = new HashMap<>();

        void add(Map<String, String> tags, long lag) {
            @Nullable String topic = tags.get("topic");
            @Nullable String partition = tags.get("partition");
            boolean restoring = tags.getOrDefault("client-id", "").endsWith("-restore-consumer");
            if (topic == null || partition == null || restoring) {
                return;
            }
            String key = topic.replace('.', '_') + "/" + partition;
            byPartition.merge(key, lag, Math::max);
            topicByPartition.merge(key, topic, (one, other) -> one.contains(".") ? one : other);
        }

        Map<String, Long> byTopic() {
            Map<String, Long> sums = new TreeMap<>();
            byPartition.forEach((key, lag) -> sums.merge(topicByPartition.getOrDefault(key, key), lag, Long::sum));
            return sums;
        }
    }
}
