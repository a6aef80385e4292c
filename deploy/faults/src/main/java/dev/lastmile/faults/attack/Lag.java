package dev.lastmile.faults.attack;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far behind a group is in some topics, in records: at a steady rate that says how old what was counted last is. */
public final class Lag {

    private static final long LOOK_EVERY_MS = 100;
    private static final long ANSWER_SECONDS = 30;

    private final Admin admin;
    private final String group;
    private final Set<String> topics;
    private @Nullable Map<TopicPartition, OffsetSpec> asked;

    /**
     * @param group that commits
     * @param topics that it reads
     */
    public Lag(Admin admin, String group, Set<String> topics) {
        this.admin = admin;
        this.group = group;
        this.topics = Set.copyOf(topics);
    }

    /** The lag that was not exceeded in 99 of 100 looks, over that time. */
    public long p99Over(Duration time) throws IOException, InterruptedException {
        List<Long> lags = new ArrayList<>();
        long endNanos = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < endNanos) {
            lags.add(now());
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
        List<Long> sorted = lags.stream().sorted().toList();
        return sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1);
    }

    /** The lag now; of a partition of which nothing was counted yet, all of it. */
    public long now() throws IOException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> ends =
                answer(admin.listOffsets(latest()).all());
        long lag = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> one : ends.entrySet()) {
            OffsetAndMetadata counted = committed.get(one.getKey());
            lag += Math.max(0, one.getValue().offset() - (counted == null ? 0 : counted.offset()));
        }
        return lag;
    }

    /** Records that were appended so far, with what Kafka itself writes among them. */
    public long appended() throws IOException, InterruptedException {
        return answer(admin.listOffsets(latest()).all()).values().stream()
                .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                .sum();
    }

    private Map<TopicPartition, OffsetSpec> latest() throws IOException, InterruptedException {
        Map<TopicPartition, OffsetSpec> known = asked;
        if (known == null) {
            Map<TopicPartition, OffsetSpec> all = new HashMap<>();
            answer(admin.describeTopics(topics).allTopicNames()).values().forEach(topic -> topic.partitions()
                    .forEach(partition ->
                            all.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest())));
            asked = all;
            return all;
        }
        return known;
    }

    private static <T> T answer(KafkaFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the broker does not answer", e);
        }
    }
}
