package dev.lastmile.topology.bundle;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the broker deleted before it was read; thread-safe. */
public final class Gaps {

    private static final Logger LOG = LoggerFactory.getLogger(Gaps.class);

    private final Map<String, Long> offsetsByTopic = new ConcurrentHashMap<>();

    void count(TopicPartition partition, long next, long earliest) {
        offsetsByTopic.merge(partition.topic(), earliest - next, Long::sum);
        LOG.atError()
                .addKeyValue("topic", partition.topic())
                .addKeyValue("partition", partition.partition())
                .addKeyValue("from", next)
                .addKeyValue("until", earliest)
                .log("The broker deleted records before they were read; they are counted nowhere else");
    }

    /**
     * Offsets that were skipped since the start, by topic. As many records at most: some offsets are those of transactions' marks,
     * and of records that were not committed.
     */
    public Map<String, Long> offsetsByTopic() {
        return Map.copyOf(offsetsByTopic);
    }
}
