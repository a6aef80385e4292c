package dev.lastmile.benchmarks.latency;

import dev.lastmile.benchmarks.load.Answer;
import dev.lastmile.benchmarks.load.Dimension;
import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.LoadSender;
import dev.lastmile.benchmarks.load.Shape;
import dev.lastmile.benchmarks.load.Slices;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.utils.Utils;

/**
 * A deployment with two accents that learns what is normal, and to which then one thing happens: all labels of one accent are
 * wrong, half of a burst that lies in one partition and is sent at once. One of these labels tips the balance; which of them
 * does not matter, as they are appended together.
 *
 * @param deployment its number
 * @param startMs when it begins, epoch milliseconds
 * @param troubled inferences whose ground truths are the burst
 */
record Victim(int deployment, long startMs, List<Answer> troubled) {

    /** Labelled inferences to learn from. */
    static final int BASELINE = 600;

    /** Labels in the burst: thirty of a slice are asked for before it may alert, and half as many again before it is named. */
    static final int BURST = 128;

    /** Of all victims. */
    static final Shape SHAPE = Shape.USUAL
            .withCustomer("victims")
            .withSlices(new Slices(List.of(new Dimension("accent", 2)), 1, Set.of()));

    private static final int ACCENTS = 2;
    private static final int ONE_WRONG_IN = 8;
    private static final long SECOND_MS = 1_000;
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    Victim {
        troubled = List.copyOf(troubled);
    }

    /**
     * A victim.
     *
     * @param partitions of each topic
     */
    static Victim of(int deployment, long startMs, int partitions) {
        List<Answer> troubled = new ArrayList<>(BURST);
        for (int number = 0; troubled.size() < BURST; number++) {
            String id = "t-" + deployment + "-" + number;
            if (partitionOf(id, partitions) == deployment % partitions) {
                int accent = troubled.size() % ACCENTS;
                boolean wrong = accent == 0 || isWrong(troubled.size());
                troubled.add(new Answer(id, deployment, List.of(accent), wrong, false, startMs + DAY_MS));
            }
        }
        return new Victim(deployment, startMs, troubled);
    }

    /** As Kafka's producers choose it; {@link #strike} checks that they did. */
    private static int partitionOf(String id, int partitions) {
        return Utils.toPositive(Utils.murmur2(id.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** What is normal: as often wrong for each accent. */
    private static boolean isWrong(int number) {
        return number / ACCENTS % ONE_WRONG_IN == 0;
    }

    /** All of the baseline, then the inferences whose ground truths are to come. */
    void prepare(Load.Receiver receiver) {
        for (int number = 0; number < BASELINE; number++) {
            Answer answer = new Answer(
                    "b-" + deployment + "-" + number,
                    deployment,
                    List.of(number % ACCENTS),
                    isWrong(number),
                    false,
                    startMs + number * SECOND_MS);
            receiver.answer(answer);
            receiver.truth(answer, answer.wrong(), answer.occurredAtMs() + SECOND_MS, 0);
        }
        troubled.forEach(receiver::answer);
    }

    /**
     * Sends the burst.
     *
     * @param counting is told what is sent
     * @return when the broker appended the first of it, once it is all there
     */
    CompletableFuture<Long> strike(LoadSender sender, Load.Receiver counting) {
        List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>(BURST);
        for (Answer answer : troubled) {
            long observedAtMs = answer.occurredAtMs() + SECOND_MS;
            sent.add(sender.publish(answer, answer.wrong(), observedAtMs, 0));
            counting.truth(answer, answer.wrong(), observedAtMs, 0);
        }
        return CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0]))
                .thenApply(all -> {
                    long firstMs = Long.MAX_VALUE;
                    Set<Integer> partitions = new HashSet<>();
                    for (CompletableFuture<RecordMetadata> one : sent) {
                        firstMs = Math.min(firstMs, one.join().timestamp());
                        partitions.add(one.join().partition());
                    }
                    if (partitions.size() != 1) {
                        throw new IllegalStateException("a burst must lie in one partition: " + partitions);
                    }
                    return firstMs;
                });
    }

    /** Its name. */
    String name() {
        return troubled.get(0).deploymentName();
    }
}
