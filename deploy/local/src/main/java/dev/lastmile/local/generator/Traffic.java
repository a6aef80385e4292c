package dev.lastmile.local.generator;

import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.TrustedRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * All that the demo's customers send, in the order they send it, without end. A pure function of seed, start and moment
 * of change; it reads no clock, so whoever sends decides the pace, and when the change comes.
 */
public final class Traffic implements Iterator<Emission> {

    /** What is sent at one moment was planned at most so long before. */
    public static final long PLANNED_AHEAD_MS = 2 * TruthHabits.EARLIEST_MS;

    private static final double SENT_AGAIN = 0.005;
    private static final long SENT_AGAIN_AFTER_MS = 1_500;

    static {
        // Builders of generated records look up the classes of their unions.
        TrustedRecords.trust();
    }

    private final long startMs;
    private final List<Source> sources = new ArrayList<>();
    private final PriorityQueue<Queued> queue =
            new PriorityQueue<>(Comparator.comparingLong(Queued::offsetMs).thenComparingLong(Queued::sequence));
    private long sequence;

    /**
     * The traffic of {@link DemoDeployments}.
     *
     * @param seed everything random follows from it
     * @param startMs the event time at offset 0, epoch milliseconds
     * @param change when two of the three deployments get worse
     */
    public Traffic(long seed, long startMs, Change change) {
        this(seed, startMs, Scenario.ofDemo(change));
    }

    Traffic(long seed, long startMs, List<Scenario> scenarios) {
        this.startMs = startMs;
        SplittableRandom random = new SplittableRandom(seed);
        for (Scenario scenario : scenarios) {
            sources.add(new Source(scenario, random.split()));
        }
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Emission next() {
        // What a source has not planned yet can be sent no earlier than its next inference less an early truth's lead.
        Source earliest = earliestSource();
        while (queue.isEmpty() || earliest.nextPossibleMs() <= queue.element().offsetMs()) {
            earliest.plan();
            earliest = earliestSource();
        }
        return queue.remove().emission();
    }

    private Source earliestSource() {
        Source earliest = sources.get(0);
        for (Source source : sources) {
            if (source.nextPossibleMs() < earliest.nextPossibleMs()) {
                earliest = source;
            }
        }
        return earliest;
    }

    private void enqueue(Emission emission) {
        queue.add(new Queued(emission.offsetMs(), sequence++, emission));
    }

    private record Queued(long offsetMs, long sequence, Emission emission) {}

    /** One deployment's inferences, evenly spaced, with what becomes of them. */
    private final class Source {

        private final Scenario scenario;
        private final SplittableRandom random;
        private final TruthHabits habits = new TruthHabits();
        private long count;

        Source(Scenario scenario, SplittableRandom random) {
            this.scenario = scenario;
            this.random = random;
        }

        long nextPossibleMs() {
            return nextInferenceMs() - TruthHabits.EARLIEST_MS;
        }

        private long nextInferenceMs() {
            return TruthHabits.EARLIEST_MS + (long) (count * 1_000 / scenario.inferencesPerSecond());
        }

        void plan() {
            long atMs = nextInferenceMs();
            String id = scenario.deployment().deployment() + "-" + count++;
            String customer = scenario.deployment().customer();
            InferenceEvent.Builder inference = InferenceEvent.newBuilder()
                    .setDeployment(scenario.deployment().deployment())
                    .setModelVersion(scenario.modelVersion())
                    .setInferenceId(id)
                    .setOccurredAt(Instant.ofEpochMilli(startMs + atMs))
                    .setAttributes(scenario.conditions().draw(atMs, random));
            Task.Answered answered =
                    scenario.task().answer(scenario.conditions().errorRate(inference.getAttributes(), atMs), random);
            InferenceEvent event = inference.setOutput(answered.output()).build();
            enqueue(new Emission.OfInference(customer, atMs, event));
            if (random.nextDouble() < SENT_AGAIN) {
                enqueue(new Emission.OfInference(customer, atMs + SENT_AGAIN_AFTER_MS, event));
            }
            for (TruthHabits.Planned planned : habits.draw(random)) {
                GroundTruthEvent truth = GroundTruthEvent.newBuilder()
                        .setDeployment(event.getDeployment())
                        .setInferenceId(id)
                        .setObservedAt(Instant.ofEpochMilli(startMs + atMs + planned.observedAfterMs()))
                        .setTruth(planned.hurried() ? answered.hurriedTruth() : answered.truth())
                        .setRevision(planned.revision())
                        .build();
                enqueue(new Emission.OfTruth(customer, atMs + planned.sentAfterMs(), truth));
            }
        }
    }
}
