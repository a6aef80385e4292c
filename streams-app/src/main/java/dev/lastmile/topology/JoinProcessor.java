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
import dev.lastmile.topology.waiting.EntryId;
import dev.lastmile.topology.waiting.EntryIds;
import dev.lastmile.topology.waiting.JoinStore;
import dev.lastmile.topology.waiting.JoinTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Gathers records, finds what is kept under all their ids at once, and lets {@link Joiner} decide one after the other. At the
 * latest it does so at the commit, see {@link CommitSignal}, and then saves what changed and has the sums sent on: all of it is
 * in one transaction with the records.
 *
 * <p>Sweeping only frees space and counts what expired. A record appended after an entry's deadline finds it gone, whether it
 * was swept out yet or not: so what becomes of a record never depends on when a sweep came by, nor on other records.
 */
final class JoinProcessor implements Processor<byte[], Intake, byte[], Step> {

    /** So many records are gathered at most, or so many bytes of them: the more, the cheaper it is to find what is kept. */
    private static final int MOST_GATHERED = 1_024;

    private static final int MOST_GATHERED_BYTES = 8 << 20;

    private static final byte[] NO_KEY = {};

    private final Policies policies;
    private final JoinStore store;
    private final TopologySettings.Pace pace;
    private final boolean drainsByClock;
    private final EntryIds ids = new EntryIds();
    private final Map<DeploymentId, Lane> lanes = new HashMap<>();
    private final AppendClocks clocks = new AppendClocks();
    private final List<Gathered> gathered = new ArrayList<>();
    private int gatheredBytes;

    private @Nullable ProcessorContext<byte[], Step> context;
    private @Nullable JoinTable table;

    /** A deployment by the one object that stands for it, and its rules. */
    private record Lane(DeploymentId deployment, Joiner joiner) {}

    /** A record that was not decided yet. */
    private record Gathered(EntryId id, Record<byte[], Intake> record) {}

    /**
     * @param drainsByClock whether no commit drains, as in a replay, whose driver commits after each record
     */
    JoinProcessor(Policies policies, JoinStore store, TopologySettings.Pace pace, boolean drainsByClock) {
        this.policies = policies;
        this.store = store;
        this.pace = pace;
        this.drainsByClock = drainsByClock;
    }

    @Override
    public void init(ProcessorContext<byte[], Step> newContext) {
        context = newContext;
        // After an aborted transaction this same object starts again over a store that was rolled back. A clock from
        // records still to be read again would let entries expire whose ground truths are among them.
        clocks.clear();
        gathered.clear();
        gatheredBytes = 0;
        table = store.tableOf(newContext);
        newContext.schedule(pace.sweepEvery(), PunctuationType.WALL_CLOCK_TIME, this::sweep);
        if (drainsByClock) {
            newContext.schedule(pace.drainEvery(), PunctuationType.WALL_CLOCK_TIME, this::drain);
        }
    }

    @Override
    public void process(Record<byte[], Intake> record) {
        Intake intake = record.value();
        if (intake instanceof Intake.OfRecord of) {
            clocks.advance(of.source().topic(), of.source().appendMs());
        }
        if (intake instanceof Intake.AnInference an) {
            gather(ids.of(an.inference().deployment(), an.inference().inferenceId()), record, an.source());
        } else if (intake instanceof Intake.ATruth a) {
            gather(ids.of(a.groundTruth().deployment(), a.groundTruth().inferenceId()), record, a.source());
        } else if (intake instanceof Intake.Refused refused) {
            forward(record, refuse(refused));
        } else if (intake instanceof Intake.Undecided undecided) {
            forward(record, undecided(undecided.source(), 1));
        } else if (intake instanceof Intake.Released released) {
            forward(record, undecided(released.source(), -1));
        } else if (intake instanceof Intake.EndOfIntake) {
            drain(record.timestamp());
        }
    }

    private void forward(Record<byte[], Intake> record, Step step) {
        started(context).forward(record.withValue(step));
    }

    private void gather(EntryId id, Record<byte[], Intake> record, SourceRecord source) {
        gathered.add(new Gathered(id, record));
        byte[] value = source.value();
        gatheredBytes += value == null ? 0 : value.length;
        if (gathered.size() >= MOST_GATHERED || gatheredBytes >= MOST_GATHERED_BYTES) {
            decide();
        }
    }

    /** Decides all that was gathered, in order. */
    private void decide() {
        JoinTable entries = started(table);
        List<EntryId> wanted = new ArrayList<>(gathered.size());
        gathered.forEach(one -> wanted.add(one.id()));
        entries.fetch(wanted);
        for (Gathered one : gathered) {
            Intake intake = one.record().value();
            if (intake instanceof Intake.AnInference an) {
                forward(one.record(), infer(one.id(), an.inference(), an.source()));
            } else if (intake instanceof Intake.ATruth a) {
                forward(one.record(), learn(one.id(), a.groundTruth(), a.source()));
            }
        }
        gathered.clear();
        gatheredBytes = 0;
        if (entries.isLarge()) {
            entries.save();
        }
    }

    private void drain(long now) {
        decide();
        started(table).save();
        started(context).forward(new Record<>(NO_KEY, new Step.Drain(), now));
    }

    private Step infer(EntryId id, Inference inference, SourceRecord source) {
        Lane lane = laneOf(inference.deployment());
        JoinTable.Kept kept = started(table).read(id, source.appendMs());
        JoinOutcome outcome = lane.joiner().infer(kept.entry(), inference);
        return finish(id, lane, inference.inferenceId(), source, kept, outcome);
    }

    private Step learn(EntryId id, GroundTruth truth, SourceRecord source) {
        Lane lane = laneOf(truth.deployment());
        JoinTable.Kept kept = started(table).read(id, source.appendMs());
        JoinOutcome outcome = lane.joiner().learn(kept.entry(), truth, source.appendMs(), source.offset());
        return finish(id, lane, truth.inferenceId(), source, kept, outcome);
    }

    private Step finish(
            EntryId id, Lane lane, String inferenceId, SourceRecord source, JoinTable.Kept kept, JoinOutcome outcome) {
        DeploymentId deployment = lane.deployment();
        JoinEntry entry = outcome.entry();
        if (entry != null && outcome.isEntryChanged()) {
            started(table).keep(id, deployment, lane.joiner().keepMs(), entry, source.appendMs());
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
            deadLetters.add(new DeadLetter(reasonOf(refusal.reason()), refused, deployment, inferenceId));
        }
        if (kept.expired() != null) {
            outcome.ledger().add(kept.expired());
        }
        return new Step.Counted(deployment, source.appendMs(), outcome.ledger(), outcome.changes(), deadLetters);
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
        Step.Counted counted = Step.Counted.of(
                deployment,
                refused.source().appendMs(),
                refused.source().topic().holdsInferences()
                        ? Disposition.INFERENCE_DEAD_LETTERED
                        : Disposition.TRUTH_DEAD_LETTERED,
                1);
        DeadLetter letter =
                new DeadLetter(refused.reason(), refused.source(), refused.deployment(), refused.inferenceId());
        return new Step.Counted(deployment, counted.appendMs(), counted.ledger(), List.of(), List.of(letter));
    }

    private static Step undecided(SourceRecord source, long delta) {
        Disposition disposition =
                source.topic().holdsInferences() ? Disposition.INFERENCE_UNDECIDED : Disposition.TRUTH_UNDECIDED;
        return Step.Counted.of(unattributed(source), source.appendMs(), disposition, delta);
    }

    private static DeploymentId unattributed(SourceRecord source) {
        return new DeploymentId(source.topic().customer(), Delta.UNATTRIBUTED);
    }

    private Lane laneOf(DeploymentId deployment) {
        return lanes.computeIfAbsent(
                deployment, id -> new Lane(id, policies.find(id).orElseThrow().joiner()));
    }

    private void sweep(long now) {
        JoinTable entries = started(table);
        if (!entries.isSweepDue(clocks::overBeforeMs)) {
            return;
        }
        // What is gathered may still find what is over by the clock of a later record.
        decide();
        Map<DeploymentId, Ledger> expired = entries.expire(clocks::overBeforeMs);
        expired.forEach((deployment, ledger) -> started(context)
                .forward(new Record<>(
                        NO_KEY,
                        new Step.Counted(
                                deployment, clocks.overBeforeMs(deployment.customer()), ledger, List.of(), List.of()),
                        now)));
        entries.save();
        entries.tidy(clocks::overBeforeMs, pace.sweepLimit());
        started(context).forward(new Record<>(NO_KEY, new Step.Drain(), now));
    }
}
