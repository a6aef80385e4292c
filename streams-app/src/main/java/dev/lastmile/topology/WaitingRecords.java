package dev.lastmile.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a task wait for the schema registry, by topic and in order; the records themselves are in a store. A task has
 * one partition of each topic. Mutable.
 *
 * <p>A topic has a share. Where it is full, the topic is not to be read on; what was read before finds room beyond it.
 */
final class WaitingRecords {

    /** A topic's share, in records. */
    static final int MOST_OF_TOPIC = 1_000;

    /** A topic's share, in bytes of keys and values. */
    static final long MOST_BYTES_OF_TOPIC = 8L << 20;

    /** Of topics so many that their shares together would be more than these, each has an equal part of them instead. */
    static final int MOST_OF_TASK = 10_000;

    static final long MOST_BYTES_OF_TASK = 80L << 20;

    /** So many ids of a topic wait until they may be asked for: one a second is. */
    static final int MOST_IDS_OF_TOPIC = 100;

    private final Map<String, OfTopic> topics = new LinkedHashMap<>();

    /**
     * One that waits.
     *
     * @param schema the id of its schema, if it has one
     * @param key what it has in common with all others of its topic whose order matters; others may have it too
     * @param bytes of its key and value
     * @param isThrottled whether it waits since the topic has asked for too many ids
     */
    record One(long offset, OptionalInt schema, long key, int bytes, boolean isThrottled) {}

    /** Those of one topic. Mutable. */
    private static final class OfTopic {
        private final SourceTopic topic;
        private final TreeMap<Long, One> byOffset = new TreeMap<>();
        private final Map<Long, Integer> byKey = new HashMap<>();
        private final Map<Integer, Wanted> schemas = new HashMap<>();
        private int throttledIds;
        private long bytes;

        private OfTopic(SourceTopic topic) {
            this.topic = topic;
        }

        private void count(One one, int change) {
            bytes += (long) change * one.bytes();
            byKey.merge(one.key(), change, WaitingRecords::sumOrNone);
            one.schema().ifPresent(id -> count(id, one.isThrottled(), change));
        }

        private void count(int id, boolean isThrottled, int change) {
            Wanted its = schemas.computeIfAbsent(id, any -> new Wanted());
            boolean wasThrottled = its.throttled > 0;
            its.records += change;
            its.throttled += isThrottled ? change : 0;
            if (wasThrottled != its.throttled > 0) {
                throttledIds += change;
            }
            if (its.records == 0) {
                schemas.remove(id);
            }
        }

        private boolean isThrottled(int id) {
            Wanted its = schemas.get(id);
            return its != null && its.throttled > 0;
        }

        private int recordsOf(int id) {
            Wanted its = schemas.get(id);
            return its == null ? 0 : its.records;
        }
    }

    /** What waits for the schema of an id. Mutable. */
    private static final class Wanted {
        private int records;

        /** Of those, how many wait since the topic has asked for too many ids. */
        private int throttled;

        /** How often it was its turn. */
        private int turns;
    }

    @SuppressWarnings("NullAway") // what is none is to be removed
    private static Integer sumOrNone(Integer one, Integer other) {
        int sum = one + other;
        return sum == 0 ? null : Integer.valueOf(sum);
    }

    /** It waits from now on, after all of its topic that do. */
    void add(SourceRecord source, OptionalInt schema, boolean isThrottled) {
        One one = new One(source.offset(), schema, keyOf(source), bytesOf(source), isThrottled);
        OfTopic its = topics.computeIfAbsent(source.topic().name(), any -> new OfTopic(source.topic()));
        its.byOffset.put(one.offset(), one);
        its.count(one, 1);
    }

    /** It waits no longer. */
    void remove(SourceTopic topic, One one) {
        OfTopic its = topics.get(topic.name());
        if (its != null && its.byOffset.remove(one.offset()) != null) {
            its.count(one, -1);
            if (its.byOffset.isEmpty()) {
                topics.remove(topic.name());
            }
        }
    }

    /** The topics of which any waits. */
    List<SourceTopic> topics() {
        return topics.values().stream().map(its -> its.topic).toList();
    }

    /** All of a topic, in order. */
    List<One> of(SourceTopic topic) {
        OfTopic its = topics.get(topic.name());
        return its == null ? List.of() : List.copyOf(its.byOffset.values());
    }

    /**
     * The ids that a topic waits for, first the one whose turn it is: of those that had fewest turns the one for which most records
     * wait. So ids that nobody knows do not stand before one that is used, and one that can never be had not before others.
     */
    List<Integer> schemasInTurn(SourceTopic topic) {
        OfTopic its = topics.get(topic.name());
        if (its == null || its.schemas.isEmpty()) {
            return List.of();
        }
        List<Map.Entry<Integer, Wanted>> inTurn = new ArrayList<>(its.schemas.entrySet());
        inTurn.sort(Comparator.<Map.Entry<Integer, Wanted>>comparingInt(one -> one.getValue().turns)
                .thenComparingInt(one -> -one.getValue().records));
        inTurn.get(0).getValue().turns++;
        return inTurn.stream().map(Map.Entry::getKey).toList();
    }

    /** Whether one more may wait until its schema may be asked for. */
    boolean mayWaitItsTurn(SourceTopic topic, int schema) {
        OfTopic its = topics.get(topic.name());
        return its == null || its.throttledIds < MOST_IDS_OF_TOPIC || its.isThrottled(schema);
    }

    /**
     * Of ids that waited while nobody could say, and wait for their turn from now on, those that are too many: a topic full of ids that
     * nobody knows would otherwise not be read for as many seconds. Those for which most records wait stay.
     *
     * @param ids of which any waits
     */
    Set<Integer> beyondTheirTurn(SourceTopic topic, Collection<Integer> ids) {
        OfTopic its = topics.get(topic.name());
        return its == null
                ? Set.of()
                : ids.stream()
                        .filter(id -> !its.isThrottled(id))
                        .sorted(Comparator.comparing(id -> -its.recordsOf(id)))
                        .skip(MOST_IDS_OF_TOPIC)
                        .collect(Collectors.toSet());
    }

    /** Whether one of the same topic and key waits, or of one that looks alike. */
    boolean isAnyBefore(SourceRecord source) {
        OfTopic its = topics.get(source.topic().name());
        return its != null && its.byKey.containsKey(keyOf(source));
    }

    /** Whether a topic should not be read on. */
    boolean isFull(SourceTopic topic) {
        return takes(topic, 1);
    }

    /** Whether so much waits no longer that a topic that was full can be read on. */
    boolean hasRoom(SourceTopic topic) {
        return !takes(topic, 2);
    }

    /** Whether that part of a topic's share is taken. */
    private boolean takes(SourceTopic topic, int part) {
        OfTopic its = topics.get(topic.name());
        if (its == null) {
            return false;
        }
        int records = Math.min(MOST_OF_TOPIC, MOST_OF_TASK / topics.size());
        long bytes = Math.min(MOST_BYTES_OF_TOPIC, MOST_BYTES_OF_TASK / topics.size());
        return its.byOffset.size() >= Math.max(1, records / part) || its.bytes >= Math.max(1, bytes / part);
    }

    void clear() {
        topics.clear();
    }

    /** Of keys that are no inference id, all are alike: their records are refused whatever comes before. */
    private static long keyOf(SourceRecord source) {
        byte[] key = source.carriedKey();
        long hash = 0;
        if (key != null) {
            for (byte octet : key) {
                hash = hash * 1_000_003 + octet;
            }
        }
        return hash;
    }

    private static int bytesOf(SourceRecord source) {
        return lengthOf(source.key()) + lengthOf(source.value());
    }

    private static int lengthOf(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
