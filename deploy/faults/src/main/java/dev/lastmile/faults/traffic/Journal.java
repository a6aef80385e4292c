package dev.lastmile.faults.traffic;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What the broker acknowledged: how many records, and up to where. What it says and does not have in the end was lost by the broker, and
 * then the run says nothing about the monitor. Thread-safe.
 */
public final class Journal {

    private final Map<TopicPartition, Long> next = new HashMap<>();
    private long records;

    /** @param offset where it stands; negative where the broker only said that it has it already */
    synchronized void acknowledged(String topic, int partition, long offset) {
        next.merge(new TopicPartition(topic, partition), offset + 1, Math::max);
        records++;
    }

    /** How many were acknowledged. */
    public synchronized long records() {
        return records;
    }

    /** Where each partition ends. */
    public synchronized Map<String, Long> ends() {
        Map<String, Long> ends = new TreeMap<>();
        next.forEach((partition, offset) -> ends.put(partition.toString(), offset));
        return ends;
    }
}
