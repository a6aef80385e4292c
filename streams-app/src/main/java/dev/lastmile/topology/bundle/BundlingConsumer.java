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
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that hands out the records of some topics in {@link Bundle}s, and reads pairs of topics {@link InStep}. Of what it
 * has read it holds nothing back: a partition that should wait is paused, as Kafka Streams itself does, whose word counts more.
 */
final class BundlingConsumer extends KafkaConsumer<byte[], byte[]> {

    /**
     * Few enough that the two topics of a customer, of which Kafka Streams takes the older record first, stay in step; many
     * enough that what it does for a record is no longer felt.
     */
    private static final int MOST_IN_A_BUNDLE = 64;

    /** Of a partition of which nothing was fetched yet. The consumer asks for it by itself, and so it is known soon. */
    private static final long UNKNOWN = -1;

    private final InStep inStep;
    private final Gaps gaps;

    /** Paused here, and by nobody else. */
    private final Set<TopicPartition> waiting = new HashSet<>();

    /**
     * @param pairOf the pair that a topic is of, whose records are bundled; empty for one whose records are not
     * @param gaps told what the broker deleted too early
     */
    BundlingConsumer(Map<String, Object> settings, Function<String, Optional<TopicPair>> pairOf, Gaps gaps) {
        super(askingWhereToStart(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        inStep = new InStep(pairOf);
        this.gaps = gaps;
    }

    /** Kafka Streams then decides, as it is configured, and nothing is skipped unseen. */
    private static Map<String, Object> askingWhereToStart(Map<String, Object> settings) {
        Map<String, Object> asking = new HashMap<>(settings);
        asking.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return asking;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        if (inStep.isOpen()) {
            keepInStep(assignment());
        }
        try {
            ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
            return polled.isEmpty() ? polled : bundled(polled);
        } catch (OffsetOutOfRangeException e) {
            count(e.offsetOutOfRangePartitions());
            throw e;
        }
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
            handedOut.put(partition, isPaired ? bundles(its) : its);
            if (isPaired) {
                inStep.handOut(
                        partition,
                        its.get(0).timestamp(),
                        its.get(its.size() - 1).timestamp());
            }
        }
        return new ConsumerRecords<>(handedOut, polled.nextOffsets());
    }

    private static List<ConsumerRecord<byte[], byte[]>> bundles(List<ConsumerRecord<byte[], byte[]>> records) {
        List<ConsumerRecord<byte[], byte[]>> bundles = new ArrayList<>();
        for (int from = 0; from < records.size(); from += MOST_IN_A_BUNDLE) {
            bundles.add(Bundle.of(records.subList(from, Math.min(records.size(), from + MOST_IN_A_BUNDLE))));
        }
        return bundles;
    }

    private void keepInStep(Set<TopicPartition> assigned) {
        if (inStep.size() > 2 * assigned.size()) {
            inStep.clear();
        }
        Set<TopicPartition> pausedByOthers = new HashSet<>(paused());
        pausedByOthers.removeAll(waiting);
        Set<TopicPartition> wait = inStep.waiting(partition -> assigned.contains(partition)
                && !pausedByOthers.contains(partition)
                && currentLag(partition).orElse(UNKNOWN) != 0);
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
}
