package dev.lastmile.faults.traffic;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Where records lie, a bit for each offset: millions of them. Thread-safe. */
public final class Places {

    private final Map<String, BitSet> offsets = new TreeMap<>();

    void add(RecordMetadata record) {
        add(record.topic(), record.partition(), record.offset());
    }

    /** Adds where a record that was read lies. */
    public void add(ConsumerRecord<?, ?> record) {
        add(record.topic(), record.partition(), record.offset());
    }

    private synchronized void add(String topic, int partition, long offset) {
        offsets.computeIfAbsent(topic + "-" + partition, any -> new BitSet()).set(Math.toIntExact(offset));
    }

    /** How many there are. */
    public synchronized long count() {
        return offsets.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    /** Those that others lack. */
    public Places without(Places others) {
        Places left = new Places();
        synchronized (this) {
            offsets.forEach((partition, bits) -> left.offsets.put(partition, (BitSet) bits.clone()));
        }
        synchronized (others) {
            left.offsets.forEach(
                    (partition, bits) -> bits.andNot(others.offsets.getOrDefault(partition, new BitSet())));
        }
        left.offsets.values().removeIf(BitSet::isEmpty);
        return left;
    }

    /** The first of each partition. */
    @Override
    public synchronized String toString() {
        Map<String, Integer> first = new TreeMap<>();
        offsets.forEach((partition, bits) -> first.put(partition, bits.nextSetBit(0)));
        return first.toString();
    }
}
