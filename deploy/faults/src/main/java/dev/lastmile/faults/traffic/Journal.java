package dev.lastmile.faults.traffic;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Which records the broker acknowledged, and which of them were taken back. What it says and does not have in the end was lost by
 * the broker, and then the run says nothing about the monitor. Thread-safe.
 */
public final class Journal {

    private final Places acknowledged = new Places();
    private final Set<Place> aborted = ConcurrentHashMap.newKeySet();

    /** Where a record lies. */
    public record Place(String topic, int partition, long offset) {}

    void acknowledged(RecordMetadata record) {
        acknowledged.add(record);
    }

    void aborted(RecordMetadata record) {
        aborted.add(new Place(record.topic(), record.partition(), record.offset()));
    }

    /** Where those lie that were acknowledged and not taken back. */
    public Places acknowledged() {
        return acknowledged;
    }

    /** Where records of transactions lie that were aborted: nobody may ever see them. */
    public Set<Place> aborted() {
        return Set.copyOf(aborted);
    }
}
