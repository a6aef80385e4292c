package dev.lastmile.topology.bundle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that hands out the records of some topics in {@link Bundle}s, reads pairs of topics {@link InStep}, and no further
 * ahead than there is room for. Of what it has read it holds nothing back: a partition that should wait is paused, as Kafka
 * Streams itself does, whose word counts more.
 */
final class BundlingConsumer extends KafkaConsumer<byte[], byte[]> {

    /**
     * Few enough that the two topics of a customer, of which Kafka Streams takes the older record first, stay in step; many
     * enough that what it does for a record is no longer felt.
     */
    private static final int MOST_IN_A_BUNDLE = 64;

    /** A bundle ends with the record that reaches this: it is worked off in one go, and let go of as a whole. */
    private static final long FULL_BYTES = 1 << 20;

    /** Of a partition of which nothing was fetched yet. The consumer asks for it by itself, and so it is known soon. */
    private static final long UNKNOWN = -1;

    private final InStep inStep;
    private final ReadAhead readAhead;
    private final BackPressure pressure;
    private final Gaps gaps;
    private final Identities identities;
    private final ReadableTopics readable;
    private final HeldPartitions held;

    /** What Kafka Streams wants to read, where it says so by a pattern. */
    private @Nullable Wish wish;

    /** Paused here, and by nobody else. */
    private final Set<TopicPartition> waiting = new HashSet<>();

    /** Of these, those that have too much ahead; the others wait to stay in step. */
    private int heldBack;

    /**
     * @param pairOf the pair that a topic is of, whose records are bundled; empty for one whose records are not
     * @param gaps told what the broker deleted too early
     * @param identities which topics are read
     * @param readable which topics that a pattern finds are read
     * @param readAheadBytes so many bytes of bundles are handed out, and a poll on top, before some were worked off
     * @param pressure told how many there are
     * @param held which partitions are not read
     */
    BundlingConsumer(
            Map<String, Object> settings,
            Function<String, Optional<TopicPair>> pairOf,
            Gaps gaps,
            Identities identities,
            ReadableTopics readable,
            long readAheadBytes,
            BackPressure pressure,
            HeldPartitions held) {
        super(askingWhereToStart(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        inStep = new InStep(pairOf);
        readAhead = new ReadAhead(readAheadBytes);
        this.pressure = pressure;
        this.gaps = gaps;
        this.identities = identities;
        this.readable = readable;
        this.held = held;
    }

    /**
     * A subscription.
     *
     * @param among the readable topics that it was made for; absent where it was not made yet
     */
    private record Wish(
            Pattern pattern,
            ConsumerRebalanceListener listener,
            @Nullable Set<String> among) {

        /** What is no customer's, and of the customers' these. */
        Pattern patternAmong(Pattern customers, Set<String> topics) {
            String others = "(?!(?:" + customers + ")$)(?:" + pattern + ")";
            return topics.isEmpty()
                    ? Pattern.compile(others)
                    : Pattern.compile(others + "|"
                            + topics.stream().sorted().map(Pattern::quote).collect(Collectors.joining("|")));
        }
    }

    /** Kafka Streams then decides, as it is configured, and nothing is skipped unseen. */
    private static Map<String, Object> askingWhereToStart(Map<String, Object> settings) {
        Map<String, Object> asking = new HashMap<>(settings);
        asking.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return asking;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        identities.require();
        if (!isSubscribed(timeout)) {
            return ConsumerRecords.empty();
        }
        if (inStep.isOpen() || readAhead.isOver() || held.isAny() || !waiting.isEmpty()) {
            holdBack(assignment());
        }
        try {
            ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
            if (polled.isEmpty()) {
                readAhead.foundNothing();
                report();
                return polled;
            }
            ConsumerRecords<byte[], byte[]> bundled = bundled(polled);
            report();
            return bundled;
        } catch (OffsetOutOfRangeException e) {
            count(e.offsetOutOfRangePartitions());
            throw e;
        } catch (TopicAuthorizationException e) {
            if (wish == null || !readable.refused(e.unauthorizedTopics())) {
                throw e;
            }
            // The next poll subscribes without them.
            return ConsumerRecords.empty();
        }
    }

    private void report() {
        pressure.report(this, readAhead.bytes(), heldBack);
    }

    /** What was read of these counts no longer. */
    private void forget(Collection<TopicPartition> partitions) {
        readAhead.forget(partitions);
        heldBack = readAhead.isOver() ? heldBack : 0;
        report();
    }

    /** Before it is known what may be read it joins no group: it would be given nothing, and its work to others. */
    private boolean isSubscribed(Duration patience) {
        Wish its = wish;
        if (its == null) {
            return true;
        }
        Set<String> now = readable.now(patience);
        if (now == null) {
            return false;
        }
        if (!now.equals(its.among())) {
            super.subscribe(its.patternAmong(readable.all(), now), its.listener());
            wish = new Wish(its.pattern(), its.listener(), now);
        }
        return true;
    }

    private void count(Map<TopicPartition, Long> nextOffsets) {
        Map<TopicPartition, Long> ends = endOffsets(nextOffsets.keySet());
        Map<TopicPartition, Long> beginnings = beginningOffsets(nextOffsets.keySet());
        nextOffsets.forEach((partition, next) -> {
            long end = ends.getOrDefault(partition, next);
            if (next > end) {
                throw new TopicReplacedException(partition, next, end);
            }
        });
        nextOffsets.forEach((partition, next) -> {
            long earliest = beginnings.getOrDefault(partition, next);
            if (next < earliest) {
                gaps.count(partition, next, earliest);
            }
        });
    }

    private ConsumerRecords<byte[], byte[]> bundled(ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> handedOut = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> its = polled.records(partition);
            boolean isPaired = inStep.isPaired(partition);
            handedOut.put(partition, isPaired ? bundles(partition, its) : its);
            if (isPaired) {
                inStep.handOut(
                        partition,
                        its.get(0).timestamp(),
                        its.get(its.size() - 1).timestamp());
            }
        }
        return new ConsumerRecords<>(handedOut, polled.nextOffsets());
    }

    private List<ConsumerRecord<byte[], byte[]>> bundles(
            TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        List<ConsumerRecord<byte[], byte[]>> bundles = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> open = new ArrayList<>(Math.min(records.size(), MOST_IN_A_BUNDLE));
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            open.add(record);
            bytes += bytesOf(record);
            if (open.size() == MOST_IN_A_BUNDLE || bytes >= FULL_BYTES) {
                bundles.add(Bundle.of(open, readAhead.handOut(partition, bytes)));
                // A list of its own, and no part of one of all: nothing that was worked off is kept by what was not.
                open = new ArrayList<>(MOST_IN_A_BUNDLE);
                bytes = 0;
            }
        }
        if (!open.isEmpty()) {
            bundles.add(Bundle.of(open, readAhead.handOut(partition, bytes)));
        }
        return bundles;
    }

    /** Headers are never read, but they are kept as long as their record is. */
    private static long bytesOf(ConsumerRecord<byte[], byte[]> record) {
        long bytes = Math.max(0, record.serializedKeySize()) + (long) Math.max(0, record.serializedValueSize());
        for (Header header : record.headers().toArray()) {
            byte[] value = header.value();
            bytes += header.key().length() + (value == null ? 0 : value.length);
        }
        return bytes;
    }

    private void holdBack(Set<TopicPartition> assigned) {
        if (inStep.size() > 2 * assigned.size()) {
            inStep.clear();
        }
        Set<TopicPartition> pausedByOthers = new HashSet<>(paused());
        pausedByOthers.removeAll(waiting);
        Set<TopicPartition> heldHere = held.among(assigned);
        Set<TopicPartition> wait = readAhead.waiting();
        wait.retainAll(assigned);
        wait.removeAll(pausedByOthers);
        heldBack = wait.size();
        wait.addAll(heldHere);
        wait.removeAll(pausedByOthers);
        wait.addAll(inStep.waiting(partition -> assigned.contains(partition)
                && !pausedByOthers.contains(partition)
                && !heldHere.contains(partition)
                && currentLag(partition).orElse(UNKNOWN) != 0));
        Set<TopicPartition> over = new HashSet<>(waiting);
        over.removeAll(wait);
        // Of one that was taken away meanwhile, the pause went with it.
        over.retainAll(assigned);
        super.resume(over);
        // All of them: one that was taken away and given back is no longer paused.
        super.pause(wait);
        waiting.clear();
        waiting.addAll(wait);
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        super.pause(partitions);
        waiting.removeAll(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        super.resume(partitions);
        waiting.removeAll(partitions);
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        wish = new Wish(pattern, forgetting(listener), null);
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, forgetting(listener));
    }

    /** Kafka Streams asks before it begins to work off what is read. */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return identities.checked(super.committed(partitions));
    }

    /** Of what is taken away, Kafka Streams throws away what it has not worked off. */
    private ConsumerRebalanceListener forgetting(ConsumerRebalanceListener listener) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                listener.onPartitionsAssigned(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                forget(partitions);
                // It commits what it has done, for which the ids are needed.
                listener.onPartitionsRevoked(partitions);
                identities.release(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                forget(partitions);
                listener.onPartitionsLost(partitions);
                identities.release(partitions);
            }
        };
    }

    /** What was read of it before comes again, if it comes: nobody seeks who still has it. */
    @Override
    public void seek(TopicPartition partition, long offset) {
        forget(List.of(partition));
        super.seek(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        forget(List.of(partition));
        super.seek(partition, offset);
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        forget(partitions);
        super.seekToBeginning(partitions);
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        forget(partitions);
        super.seekToEnd(partitions);
    }
}
