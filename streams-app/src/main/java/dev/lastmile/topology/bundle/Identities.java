package dev.lastmile.topology.bundle;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Which topics it was that records were read of: one that is deleted and made anew has the same name, and another id. Its offsets
 * mean nothing there, and would be gone on from unseen if it has as many records already.
 *
 * <p>The id goes into the text that is committed with each offset, and so is of what the offset is of, whatever fails. The id of
 * the other topic of the {@link TopicPair} stands beside it, since brokers delete the offsets of a topic with the topic. Thread-safe:
 * one for all stream threads.
 */
public final class Identities {

    private final Function<String, Optional<TopicPair>> pairOf;
    private final TopicIds brokers;

    /** The topics that are read here. */
    private final Map<String, Known> known = new HashMap<>();

    /** The partitions of theirs that are. */
    private final Set<TopicPartition> held = new HashSet<>();

    private volatile @Nullable TopicReplacedException replaced;

    /**
     * A topic.
     *
     * @param other the other one of its pair
     */
    private record Known(Uuid id, String other) {}

    /**
     * Nothing was read yet.
     *
     * @param pairOf the pair that a topic is of; of others nothing is said
     */
    public Identities(Function<String, Optional<TopicPair>> pairOf, TopicIds brokers) {
        this.pairOf = pairOf;
        this.brokers = brokers;
    }

    /**
     * Looks whether offsets are of the topics there are now; from then on those are the ones that are read here. An offset without
     * an id is believed: an earlier release committed it, or an operator, who knows which topic it is for.
     *
     * @param committed of partitions that are about to be read, nothing where none was
     * @return the same, as it was before {@link #identified}
     * @throws TopicReplacedException if one is not
     */
    Map<TopicPartition, OffsetAndMetadata> checked(Map<TopicPartition, OffsetAndMetadata> committed) {
        Set<String> topics = topicsOf(committed.keySet());
        if (topics.isEmpty()) {
            return committed;
        }
        Map<String, Uuid> now = brokers.of(topics);
        Map<TopicPartition, OffsetAndMetadata> plain = new HashMap<>(committed);
        committed.forEach((partition, offset) -> {
            if (offset != null && topics.contains(partition.topic())) {
                IdentifiedOffset read = IdentifiedOffset.of(offset);
                require(partition.topic(), read.own(), now);
                String other = otherOf(partition.topic());
                if (committed.get(new TopicPartition(other, partition.partition())) == null) {
                    require(other, read.other(), now);
                }
                plain.put(partition, read.offset());
            }
        });
        hold(committed.keySet(), now);
        return plain;
    }

    private Set<String> topicsOf(Collection<TopicPartition> partitions) {
        Set<String> topics = new HashSet<>();
        partitions.forEach(partition -> {
            if (pairOf.apply(partition.topic()).isPresent()) {
                topics.add(partition.topic());
            }
        });
        return topics;
    }

    private String otherOf(String topic) {
        TopicPair pair = pairOf.apply(topic).orElseThrow();
        return topic.equals(pair.leader()) ? pair.follower() : pair.leader();
    }

    private static void require(String topic, @Nullable Uuid read, Map<String, Uuid> now) {
        Uuid found = now.get(topic);
        if (read != null && found != null && !found.equals(read)) {
            throw new TopicReplacedException(topic, read, found);
        }
    }

    private synchronized void hold(Set<TopicPartition> partitions, Map<String, Uuid> now) {
        for (TopicPartition partition : partitions) {
            String topic = partition.topic();
            Uuid found = now.get(topic);
            if (found != null) {
                require(topic, idOf(topic), now);
                known.computeIfAbsent(topic, any -> new Known(found, otherOf(topic)));
                held.add(partition);
            }
        }
    }

    private @Nullable Uuid idOf(String topic) {
        Known its = known.get(topic);
        return its == null ? null : its.id();
    }

    /** These are read here no longer. A topic of which none is may be deleted and made anew, and is read from its beginning then. */
    synchronized void release(Collection<TopicPartition> partitions) {
        if (held.removeAll(Set.copyOf(partitions))) {
            Set<String> left = new HashSet<>();
            held.forEach(partition -> left.add(partition.topic()));
            known.keySet().retainAll(left);
        }
    }

    /** Offsets that are about to be committed, with the ids of the topics they are of. */
    synchronized Map<TopicPartition, OffsetAndMetadata> identified(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, OffsetAndMetadata> identified = new HashMap<>(offsets);
        identified.replaceAll((partition, offset) -> {
            Known its = known.get(partition.topic());
            return its == null ? offset : new IdentifiedOffset(offset, its.id(), idOf(its.other())).committed();
        });
        return identified;
    }

    /** Asks whether the topics that are read here are still the same, see {@link #require()}. */
    public void verify() {
        Map<String, Uuid> read = new HashMap<>();
        synchronized (this) {
            known.forEach((topic, its) -> read.put(topic, its.id()));
        }
        if (read.isEmpty()) {
            return;
        }
        Map<String, Uuid> now = brokers.of(read.keySet());
        for (Map.Entry<String, Uuid> entry : read.entrySet()) {
            try {
                require(entry.getKey(), entry.getValue(), now);
            } catch (TopicReplacedException e) {
                report(entry.getKey(), entry.getValue(), e);
            }
        }
    }

    /** Unless it was let go of meanwhile. */
    private synchronized void report(String topic, Uuid read, TopicReplacedException e) {
        if (read.equals(idOf(topic))) {
            replaced = e;
        }
    }

    /**
     * Costs nothing.
     *
     * @throws TopicReplacedException if {@link #verify} found that a topic is not the one that was read
     */
    void require() {
        TopicReplacedException found = replaced;
        if (found != null) {
            throw found;
        }
    }
}
