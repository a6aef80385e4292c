package dev.lastmile.topology;

import static dev.lastmile.topology.DecodeProcessor.started;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.GroundTruth;
import dev.lastmile.event.Inference;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.join.JoinOutcome;
import dev.lastmile.join.Joiner;
import dev.lastmile.schema.Topics;
import dev.lastmile.topology.serde.JoinEntryCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one entry an inference id, lets {@link Joiner} decide, and sweeps out entries whose deadline has passed.
 *
 * <p>Sweeping only frees space and counts what expired. A record appended after an entry's deadline finds it gone, whether it
 * was swept out yet or not: so what becomes of a record never depends on when a sweep came by, nor on other records.
 */
final class JoinProcessor implements Processor<byte[], Intake, byte[], Step> {

    static final String STORE = "join";

    private static final byte[] NO_KEY = {};

    private final Policies policies;
    private final Duration sweepEvery;
    private final int sweepLimit;
    private final Map<DeploymentId, Joiner> joiners = new HashMap<>();
    private final AppendClocks clocks = new AppendClocks();

    private @Nullable ProcessorContext<byte[], Step> context;
    private @Nullable KeyValueStore<Bytes, byte[]> store;
    private @Nullable Bytes sweepFrom;

    /**
     * @param sweepEvery wall-clock time between two sweeps
     * @param sweepLimit entries looked at in one sweep; the next goes on where it ended
     */
    JoinProcessor(Policies policies, Duration sweepEvery, int sweepLimit) {
        this.policies = policies;
        this.sweepEvery = sweepEvery;
        this.sweepLimit = sweepLimit;
    }

    @Override
    public void init(ProcessorContext<byte[], Step> newContext) {
        context = newContext;
        store = newContext.getStateStore(STORE);
        // After an aborted transaction this same object starts again over a store that was rolled back. A clock from
        // records still to be read again would sweep out entries whose ground truths are among them.
        clocks.clear();
        sweepFrom = null;
        newContext.schedule(sweepEvery, PunctuationType.WALL_CLOCK_TIME, this::sweep);
    }

    @Override
    public void process(Record<byte[], Intake> record) {
        started(context).forward(record.withValue(stepOf(record.value())));
    }

    private Step stepOf(Intake intake) {
        SourceRecord source = intake.source();
        clocks.advance(source.topic(), source.appendMs());
        if (intake instanceof Intake.AnInference an) {
            return infer(an.inference(), source);
        } else if (intake instanceof Intake.ATruth a) {
            return learn(a.groundTruth(), source);
        } else if (intake instanceof Intake.Refused refused) {
            return refuse(refused);
        } else if (intake instanceof Intake.Undecided) {
            return undecided(source, 1);
        } else if (intake instanceof Intake.Released) {
            return undecided(source, -1);
        } else if (intake instanceof Intake.EndOfReleases) {
            return new Step(unattributed(source), source.appendMs(), new Ledger(), List.of(), List.of(), true);
        }
        throw new IllegalStateException("no such intake: " + intake.getClass());
    }

    private Step infer(Inference inference, SourceRecord source) {
        Bytes key = Bytes.wrap(JoinEntryCodec.key(inference.deployment(), inference.inferenceId()));
        Kept kept = read(key, source);
        JoinOutcome outcome = joinerOf(inference.deployment()).infer(kept.entry(), inference);
        return finish(key, inference.deployment(), source, kept, outcome);
    }

    private Step learn(GroundTruth truth, SourceRecord source) {
        Bytes key = Bytes.wrap(JoinEntryCodec.key(truth.deployment(), truth.inferenceId()));
        Kept kept = read(key, source);
        JoinOutcome outcome =
                joinerOf(truth.deployment()).learn(kept.entry(), truth, source.appendMs(), source.offset());
        return finish(key, truth.deployment(), source, kept, outcome);
    }

    private Step finish(Bytes key, DeploymentId deployment, SourceRecord source, Kept kept, JoinOutcome outcome) {
        JoinEntry entry = outcome.entry();
        if (entry != null) {
            started(store).put(key, JoinEntryCodec.write(entry));
        }
        List<DeadLetter> deadLetters = new ArrayList<>(outcome.refusals().size());
        for (JoinOutcome.Refusal refusal : outcome.refusals()) {
            boolean itself = refusal.truth().offset() == source.offset()
                    && !source.topic().holdsInferences();
            SourceRecord refused = itself
                    ? source
                    : new SourceRecord(
                            SourceTopic.of(Topics.groundTruth(deployment.customer())),
                            source.partition(),
                            refusal.truth().offset(),
                            refusal.truth().appendMs(),
                            null,
                            null);
            deadLetters.add(new DeadLetter(
                    reasonOf(refusal.reason()), refused, deployment, JoinEntryCodec.inferenceIdOf(key.get())));
        }
        if (kept.expired() != null) {
            outcome.ledger().add(kept.expired());
        }
        return new Step(deployment, source.appendMs(), outcome.ledger(), outcome.changes(), deadLetters);
    }

    private static RefusalReason reasonOf(JoinOutcome.Reason reason) {
        return switch (reason) {
            case NOT_SCORABLE -> RefusalReason.NOT_SCORABLE;
            case CORRECTIONS_OFF -> RefusalReason.CORRECTIONS_OFF;
            case TOO_MANY_REVISIONS -> RefusalReason.TOO_MANY_REVISIONS;
        };
    }

    private static Step refuse(Intake.Refused refused) {
        DeploymentId deployment = refused.deployment();
        if (deployment == null) {
            deployment = unattributed(refused.source());
        }
        Step counted = Step.counted(
                deployment,
                refused.source().appendMs(),
                refused.source().topic().holdsInferences()
                        ? Disposition.INFERENCE_DEAD_LETTERED
                        : Disposition.TRUTH_DEAD_LETTERED,
                1);
        DeadLetter letter =
                new DeadLetter(refused.reason(), refused.source(), refused.deployment(), refused.inferenceId());
        return new Step(deployment, counted.appendMs(), counted.ledger(), List.of(), List.of(letter));
    }

    private static Step undecided(SourceRecord source, long delta) {
        Disposition disposition =
                source.topic().holdsInferences() ? Disposition.INFERENCE_UNDECIDED : Disposition.TRUTH_UNDECIDED;
        return Step.counted(unattributed(source), source.appendMs(), disposition, delta);
    }

    private static DeploymentId unattributed(SourceRecord source) {
        return new DeploymentId(source.topic().customer(), Delta.UNATTRIBUTED);
    }

    /**
     * What a record finds under its id.
     *
     * @param entry absent where there is none, or none any more
     * @param expired what became of the records of an entry that is none any more; absent where there was none
     */
    private record Kept(@Nullable JoinEntry entry, @Nullable Ledger expired) {

        static final Kept NOTHING = new Kept(null, null);
    }

    private Kept read(Bytes key, SourceRecord source) {
        byte[] bytes = started(store).get(key);
        if (bytes == null) {
            return Kept.NOTHING;
        }
        JoinEntry entry = JoinEntryCodec.read(bytes);
        return entry.deadlineMs() < source.appendMs()
                ? new Kept(null, Joiner.expire(entry).ledger())
                : new Kept(entry, null);
    }

    private Joiner joinerOf(DeploymentId deployment) {
        return joiners.computeIfAbsent(
                deployment, id -> policies.find(id).orElseThrow().joiner());
    }

    private void sweep(long now) {
        ProcessorContext<byte[], Step> live = started(context);
        KeyValueStore<Bytes, byte[]> entries = started(store);
        Bytes next = null;
        Map<DeploymentId, Step> expired = new LinkedHashMap<>();
        try (KeyValueIterator<Bytes, byte[]> from = entries.range(sweepFrom, null)) {
            for (int looked = 0; from.hasNext(); looked++) {
                if (looked == sweepLimit) {
                    next = from.peekNextKey();
                    break;
                }
                KeyValue<Bytes, byte[]> entry = from.next();
                DeploymentId deployment = JoinEntryCodec.deploymentOf(entry.key.get());
                long over = clocks.overBeforeMs(deployment.customer());
                if (JoinEntryCodec.deadlineOf(entry.value) < over) {
                    entries.delete(entry.key);
                    JoinOutcome outcome = Joiner.expire(JoinEntryCodec.read(entry.value));
                    expired.computeIfAbsent(deployment, id -> new Step(id, over, new Ledger(), List.of(), List.of()))
                            .ledger()
                            .add(outcome.ledger());
                }
            }
        }
        sweepFrom = next;
        int left = expired.size();
        for (Step step : expired.values()) {
            live.forward(new Record<>(NO_KEY, --left == 0 ? step.asLast() : step, now));
        }
    }
}
