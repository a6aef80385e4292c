package dev.lastmile.faults.traffic;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What the broker acknowledged: how many records of each partition, and that their offsets follow one another. What it says and does not
 * have in the end was lost by the broker, and then the run says nothing about the monitor. Thread-safe.
 */
public final class Journal {

    private final Map<TopicPartition, Long> next = new HashMap<>();
    private long records;

    synchronized void acknowledged(String topic, int partition, long offset) {
        TopicPartition at = new TopicPartition(topic, partition);
        long expected = next.getOrDefault(at, 0L);
        if (offset != expected) {
            throw new IllegalStateException(at + ": acknowledged " + offset + " after " + (expected - 1));
        }
        next.put(at, offset + 1);
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
