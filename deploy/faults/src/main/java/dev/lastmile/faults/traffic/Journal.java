package dev.lastmile.faults.traffic;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * How many records the broker acknowledged, and which of them were taken back. What it says and does not have in the end was lost by
 * the broker, and then the run says nothing about the monitor. Thread-safe.
 */
public final class Journal {

    private final AtomicLong records = new AtomicLong();
    private final Set<Place> aborted = ConcurrentHashMap.newKeySet();

    /** Where a record lies. */
    public record Place(String topic, int partition, long offset) {}

    void acknowledged(long more) {
        records.addAndGet(more);
    }

    void aborted(RecordMetadata record) {
        aborted.add(new Place(record.topic(), record.partition(), record.offset()));
    }

    /** How many were acknowledged, and not taken back. */
    public long records() {
        return records.get();
    }

    /** Where records of transactions lie that were aborted: nobody may ever see them. */
    public Set<Place> aborted() {
        return Set.copyOf(aborted);
    }
}
