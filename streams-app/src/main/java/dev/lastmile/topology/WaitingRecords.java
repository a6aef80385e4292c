package dev.lastmile.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/** How many records wait for the schema registry, in all, of each topic, and under each key of one. Mutable. */
final class WaitingRecords {

    private final Map<String, Integer> byTopic = new HashMap<>();
    private final Map<Key, Integer> byKey = new HashMap<>();
    private int all;

    /** What tells records apart whose order matters: those of one topic and key. */
    record Key(String topic, Bytes key) {

        private static final byte[] NONE = {};

        static Key of(SourceRecord source) {
            byte[] key = source.key();
            return new Key(source.topic().name(), Bytes.wrap(key == null ? NONE : key));
        }
    }

    void add(SourceRecord source) {
        count(source, 1);
    }

    void remove(SourceRecord source) {
        count(source, -1);
    }

    private void count(SourceRecord source, int change) {
        all += change;
        byTopic.merge(source.topic().name(), change, WaitingRecords::sumOrNone);
        byKey.merge(Key.of(source), change, WaitingRecords::sumOrNone);
    }

    @SuppressWarnings("NullAway") // what is none is to be removed
    private static Integer sumOrNone(Integer one, Integer other) {
        int sum = one + other;
        return sum == 0 ? null : Integer.valueOf(sum);
    }

    int count() {
        return all;
    }

    int ofTopic(SourceRecord source) {
        return byTopic.getOrDefault(source.topic().name(), 0);
    }

    /** Whether one of the same topic and key waits. */
    boolean isAnyBefore(SourceRecord source) {
        return all > 0 && byKey.containsKey(Key.of(source));
    }

    void clear() {
        byTopic.clear();
        byKey.clear();
        all = 0;
    }
}
