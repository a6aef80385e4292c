package dev.lastmile.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.export.StreamsHealth;
import dev.lastmile.topology.bundle.BackPressure;
import dev.lastmile.topology.bundle.Gaps;
import dev.lastmile.topology.bundle.HeldPartitions;
import dev.lastmile.topology.damage.Damages;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

class KafkaStreamsHealthTest {

    private final KafkaStreamsHealth numbers = new KafkaStreamsHealth();
    private final RestoreProgress restore = new RestoreProgress(() -> 0);
    private final ThreadReplacement threads = new ThreadReplacement(Clock.systemUTC(), end -> {}, new Damages(() -> 0));
    private final Map<MetricName, Metric> metrics = new HashMap<>();

    private void put(String group, String name, Object value, Map<String, String> tags) {
        MetricName metricName = new MetricName(name, group, "", tags);
        metrics.put(metricName, new Metric() {
            @Override
            public MetricName metricName() {
                return metricName;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }

    private StreamsHealth health() {
        return numbers.of(
                KafkaStreams.State.RUNNING,
                metrics,
                threads,
                restore,
                new Damages(() -> 0),
                new Gaps(),
                new BackPressure(() -> 0),
                new HeldPartitions(() -> 0),
                () -> 2L,
                () -> 4L,
                () -> 3L);
    }

    @Test
    void theStatesAreThoseOfKafkaStreams() {
        assertThat(Stream.of(StreamsHealth.State.values()).map(Enum::name))
                .containsExactlyElementsOf(Arrays.stream(KafkaStreams.State.values())
                        .map(Enum::name)
                        .toList());
    }

    @Test
    void lagIsSummedByTopicWithoutRestoringAndATopicWithTwoNamesCountsOnce() {
        String group = "consumer-fetch-manager-metrics";
        put(group, "records-lag", 5.0, Map.of("topic", "lastmile.a.inferences.v1", "partition", "0"));
        put(group, "records-lag", 5.0, Map.of("topic", "lastmile_a_inferences_v1", "partition", "0"));
        put(group, "records-lag", 7.0, Map.of("topic", "lastmile.a.inferences.v1", "partition", "1"));
        put(
                group,
                "records-lag",
                9.0,
                Map.of("topic", "changelog", "partition", "0", "client-id", "a-StreamThread-1-restore-consumer"));
        put(group, "records-lag", Double.NaN, Map.of("topic", "lastmile.b.inferences.v1", "partition", "0"));

        assertThat(health().lagByTopic()).isEqualTo(Map.of("lastmile.a.inferences.v1", 12L));
    }

    @Test
    void processedRecordsGoOnCountingWhenAThreadIsReplaced() {
        put("stream-thread-metrics", "process-total", 100.0, Map.of("thread-id", "1"));
        assertThat(health().recordsProcessed()).isEqualTo(100);

        metrics.clear();
        put("stream-thread-metrics", "process-total", 30.0, Map.of("thread-id", "2"));
        put("stream-task-metrics", "process-total", 999.0, Map.of("thread-id", "2"));

        assertThat(health().recordsProcessed()).isEqualTo(130);
        assertThat(health().recordsProcessed()).isEqualTo(130);
    }

    @Test
    void storesShareOneCacheSoTheirUsageIsNotSummed() {
        put("stream-state-metrics", "block-cache-usage", 4096L, Map.of("store", "a"));
        put("stream-state-metrics", "block-cache-usage", 4096L, Map.of("store", "b"));

        assertThat(health().blockCacheBytes()).isEqualTo(4096);
    }

    @Test
    void commitLatencyIsInSecondsAndAbsentWhenNothingWasCommitted() {
        put("stream-thread-metrics", "commit-latency-avg", Double.NaN, Map.of("thread-id", "1"));
        assertThat(health().commitLatencySeconds()).isNull();

        put("stream-thread-metrics", "commit-latency-avg", 40.0, Map.of("thread-id", "1"));
        put("stream-thread-metrics", "commit-latency-avg", 60.0, Map.of("thread-id", "2"));
        assertThat(health().commitLatencySeconds()).isEqualTo(0.05);
    }

    @Test
    void restoringIsWhatIsLeftOverAllPartitionsUntilEachEnds() {
        TopicPartition one = new TopicPartition("changelog", 0);
        restore.onRestoreStart(one, "store", 100, 600);
        restore.onRestoreStart(new TopicPartition("changelog", 1), "store", 7, 7);
        restore.onBatchRestored(one, "store", 300, 200);

        assertThat(restore.isRestoring()).isTrue();
        assertThat(health().restoringRecords()).isEqualTo(300);

        restore.onRestoreEnd(one, "store", 500);
        assertThat(restore.isRestoring()).isFalse();
    }
}
