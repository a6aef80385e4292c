package dev.lastmile.faults.installation;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far a group is in some topics, and where those end. */
public final class GroupProgress {

    private final Admin admin;
    private final String group;
    private final Set<String> topics;
    private @Nullable Map<TopicPartition, OffsetSpec> latest;

    /**
     * @param admin the caller's to close
     * @param group that commits
     * @param topics that it reads; they keep their partitions
     */
    public GroupProgress(Admin admin, String group, Collection<String> topics) {
        this.admin = admin;
        this.group = group;
        this.topics = Set.copyOf(topics);
    }

    /** The offset from which it goes on in each partition; none where it has committed nothing. */
    public Map<TopicPartition, Long> committed() throws IOException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        BrokerAnswer.to(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, committed) -> {
                    if (topics.contains(partition.topic())) {
                        offsets.put(partition, committed.offset());
                    }
                });
        return offsets;
    }

    /**
     * Offsets of a partition.
     *
     * @param from the first
     * @param to after the last
     */
    public record Stretch(long from, long to) {

        /** How many, of which not all need be records. */
        public long length() {
            return Math.max(0, to - from);
        }
    }

    /** What is left to commit of each partition, of what a reader of this kind may read. */
    public Map<TopicPartition, Stretch> left(IsolationLevel reader) throws IOException, InterruptedException {
        Map<TopicPartition, Long> committed = committed();
        Map<TopicPartition, Stretch> left = new HashMap<>();
        ends(reader)
                .forEach((partition, end) ->
                        left.put(partition, new Stretch(committed.getOrDefault(partition, 0L), end)));
        return left;
    }

    /** The offset after the last record of each partition that a reader of this kind may read. */
    public Map<TopicPartition, Long> ends(IsolationLevel reader) throws IOException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        BrokerAnswer.to(admin.listOffsets(latest(), new ListOffsetsOptions(reader))
                        .all())
                .forEach((partition, end) -> offsets.put(partition, end.offset()));
        return offsets;
    }

    private Map<TopicPartition, OffsetSpec> latest() throws IOException, InterruptedException {
        Map<TopicPartition, OffsetSpec> known = latest;
        if (known == null) {
            Map<TopicPartition, OffsetSpec> all = new HashMap<>();
            BrokerAnswer.to(admin.describeTopics(topics).allTopicNames())
                    .values()
                    .forEach(topic -> topic.partitions()
                            .forEach(partition -> all.put(
                                    new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest())));
            known = all;
            latest = all;
        }
        return known;
    }
}
