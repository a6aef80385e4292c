package dev.lastmile.topology.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InStepTest {

    private static final TopicPair PAIR = new TopicPair("said", "true");
    private static final TopicPartition LEADER = new TopicPartition("said", 2);
    private static final TopicPartition FOLLOWER = new TopicPartition("true", 2);

    private final InStep inStep = new InStep(topic ->
            topic.equals(PAIR.leader()) || topic.equals(PAIR.follower()) ? Optional.of(PAIR) : Optional.empty());

    @Test
    void theFollowerWaitsUntilItsNextPieceLiesBehindTheLeader() {
        inStep.handOut(FOLLOWER, 100, 150);
        inStep.handOut(LEADER, 100, 199);
        assertThat(inStep.waiting(any -> true)).as("its last piece was 50 long").containsExactly(FOLLOWER);

        inStep.handOut(LEADER, 199, 200);

        assertThat(inStep.waiting(any -> true)).containsExactly(LEADER);
    }

    @Test
    void theFollowerWaitsForALeaderOfWhichNothingWasReadYet() {
        inStep.handOut(FOLLOWER, 100, 100);

        assertThat(inStep.waiting(any -> true)).containsExactly(FOLLOWER);
    }

    @Test
    void nobodyWaitsForAPartitionThatHasNoMore() {
        inStep.handOut(FOLLOWER, 100, 200);
        assertThat(inStep.waiting(FOLLOWER::equals)).isEmpty();

        inStep.handOut(LEADER, 300, 400);
        assertThat(inStep.waiting(LEADER::equals)).isEmpty();
    }

    @Test
    void whoWaitsIsJudgedAgainUntilNobodyDoes() {
        inStep.handOut(FOLLOWER, 100, 200);
        assertThat(inStep.waiting(any -> true)).containsExactly(FOLLOWER);
        assertThat(inStep.isOpen()).isTrue();

        assertThat(inStep.waiting(FOLLOWER::equals))
                .as("the leader turned out to have no more")
                .isEmpty();
        assertThat(inStep.isOpen()).isFalse();
    }

    @Test
    void partitionsOfOtherNumbersAndTopicsAreNotOfThePair() {
        inStep.handOut(FOLLOWER, 100, 200);
        inStep.handOut(new TopicPartition("said", 3), 500, 600);
        inStep.handOut(new TopicPartition("alone", 2), 100, 200);

        assertThat(inStep.waiting(any -> true)).containsExactlyInAnyOrder(FOLLOWER, new TopicPartition("said", 3));
        assertThat(inStep.isPaired(new TopicPartition("alone", 2))).isFalse();
    }

    @Test
    void whoForgetsAllLetsNobodyWait() {
        inStep.handOut(FOLLOWER, 100, 200);

        inStep.clear();

        assertThat(inStep.waiting(any -> true)).isEmpty();
        assertThat(inStep.size()).isZero();
    }

    /** Pieces of any length: all is read, and the follower is never ahead by more than one piece. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void allIsReadAndTheFollowerIsAheadByAPieceAtMost(long seed) {
        Random random = new Random(seed);
        Map<TopicPartition, Long> readMs = new HashMap<>(Map.of(LEADER, 0L, FOLLOWER, 0L));
        long lengthMs = 100_000;
        Set<TopicPartition> waiting = Set.of();
        int polls = 0;
        while (readMs.values().stream().anyMatch(ms -> ms < lengthMs)) {
            assertThat(++polls).as("polls that read something").isLessThan(10_000);
            for (TopicPartition partition : Set.of(LEADER, FOLLOWER)) {
                long fromMs = readMs.getOrDefault(partition, 0L);
                if (!waiting.contains(partition) && fromMs < lengthMs) {
                    long toMs = Math.min(lengthMs, fromMs + 1 + random.nextInt(500));
                    readMs.put(partition, toMs);
                    inStep.handOut(partition, fromMs, toMs);
                }
            }
            assertThat(readMs.getOrDefault(FOLLOWER, 0L) - readMs.getOrDefault(LEADER, 0L))
                    .isLessThanOrEqualTo(500);
            assertThat(readMs.getOrDefault(LEADER, 0L) - readMs.getOrDefault(FOLLOWER, 0L))
                    .isLessThanOrEqualTo(1_000);
            waiting = inStep.waiting(partition -> readMs.getOrDefault(partition, 0L) < lengthMs);
            assertThat(waiting).hasSizeLessThan(2);
        }
    }
}
