package dev.lastmile.topology.bundle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions should not be read for a while, so that the two topics of a pair are read in step. Nothing that is right
 * depends on it, but a record that comes before the one it belongs to is kept, and looked at twice. Mutable.
 *
 * <p>Of two partitions that both have more, one always goes on, and none waits for one that has no more. How much a poll hands
 * out is not known beforehand: the follower goes on once the leader is ahead by as much as the follower's last piece was long.
 */
final class InStep {

    private final Function<String, Optional<TopicPair>> pairOf;
    private final Map<TopicPartition, Optional<Pair>> pairs = new HashMap<>();

    /** Of which something was handed out since the last judgement, or one waits. */
    private final Set<Pair> open = new HashSet<>();

    /** Two partitions, and how far they have come, by the time of their records. Mutable. */
    private static final class Pair {
        private final TopicPartition leader;
        private final TopicPartition follower;
        private long leaderMs = Long.MIN_VALUE;
        private long followerMs = Long.MIN_VALUE;
        private long pieceMs;

        private Pair(TopicPair topics, int partition) {
            leader = new TopicPartition(topics.leader(), partition);
            follower = new TopicPartition(topics.follower(), partition);
        }

        private void handOut(TopicPartition partition, long firstMs, long lastMs) {
            if (partition.equals(leader)) {
                leaderMs = lastMs;
            } else {
                followerMs = lastMs;
                pieceMs = Math.max(0, lastMs - firstMs);
            }
        }

        private Optional<TopicPartition> waiting(Predicate<TopicPartition> hasMore) {
            if (!hasMore.test(leader) || !hasMore.test(follower)) {
                return Optional.empty();
            }
            boolean isFollowerNext = leaderMs != Long.MIN_VALUE && leaderMs - pieceMs >= followerMs;
            return Optional.of(isFollowerNext ? leader : follower);
        }
    }

    /**
     * @param pairOf the pair that a topic is of; empty for one that is of none
     */
    InStep(Function<String, Optional<TopicPair>> pairOf) {
        this.pairOf = pairOf;
    }

    /** Whether a partition is one of a pair. */
    boolean isPaired(TopicPartition partition) {
        return find(partition).isPresent();
    }

    /**
     * Takes note of a piece of a partition.
     *
     * @param firstMs time of its first record
     * @param lastMs time of its last record
     */
    void handOut(TopicPartition partition, long firstMs, long lastMs) {
        find(partition).ifPresent(pair -> {
            pair.handOut(partition, firstMs, lastMs);
            open.add(pair);
        });
    }

    private Optional<Pair> find(TopicPartition partition) {
        Optional<Pair> known = pairs.get(partition);
        if (known == null) {
            known = pairOf.apply(partition.topic()).map(topics -> new Pair(topics, partition.partition()));
            pairs.put(partition, known);
            known.ifPresent(pair -> {
                pairs.put(pair.leader, Optional.of(pair));
                pairs.put(pair.follower, Optional.of(pair));
            });
        }
        return known;
    }

    /** Whether there is anything to judge. */
    boolean isOpen() {
        return !open.isEmpty();
    }

    /**
     * The partitions that should not be read now. Whatever was in an earlier answer and is not in this one may be read again.
     *
     * @param hasMore whether a poll could hand out more of a partition: the broker has more, or may have, and nobody else keeps it
     *     from being read here
     */
    Set<TopicPartition> waiting(Predicate<TopicPartition> hasMore) {
        Set<TopicPartition> waiting = new HashSet<>();
        open.removeIf(pair -> {
            Optional<TopicPartition> its = pair.waiting(hasMore);
            its.ifPresent(waiting::add);
            return its.isEmpty();
        });
        return waiting;
    }

    /** How many partitions it remembers. */
    int size() {
        return pairs.size();
    }

    /** Forgets all: nothing waits. */
    void clear() {
        pairs.clear();
        open.clear();
    }
}
