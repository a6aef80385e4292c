package dev.lastmile.topology;

import static dev.lastmile.topology.DecodeProcessor.NO_KEY;
import static dev.lastmile.topology.DecodeProcessor.started;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinOutcome;
import dev.lastmile.join.Joiner;
import dev.lastmile.schema.Topics;
import dev.lastmile.topology.waiting.EntryId;
import dev.lastmile.topology.waiting.EntryIds;
import dev.lastmile.topology.waiting.JoinStore;
import dev.lastmile.topology.waiting.JoinTable;
import java.time.Duration;
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
 * Gathers records, finds what is kept under all their ids at once, lets {@link Joiner} decide one after the other, and counts
 * what that changed. At the latest it does so at the commit, see {@link CommitSignal}; then it saves what changed and sends the
 * sums on: all of it is in one transaction with the records.
 *
 * <p>Sweeping only frees space and counts what expired. A record appended after an entry's deadline finds it gone, whether it
 * was swept out yet or not: so what becomes of a record never depends on when a sweep came by, nor on other records.
 */
final class JoinProcessor implements Processor<byte[], Intake, byte[], Step> {

    /**
     * So many records are gathered at most, or so many bytes of them: the more, the cheaper it is to find what is kept, as long as
     * they stay in the processor's cache.
     */
    private static final int MOST_GATHERED = 256;

    private static final int MOST_GATHERED_BYTES = 1 << 20;

    private static final long FORGET_EVERY_MS = Duration.ofHours(1).toMillis();

    private final Policies policies;
    private final JoinStore store;
    private final TopologySettings.Pace pace;
    private final boolean drainsByClock;
    private final Map<DeploymentId, Lane> lanes = new HashMap<>();
    private final AppendClocks clocks = new AppendClocks();
    private final List<Gathered> gathered = new ArrayList<>();
    private int gatheredBytes;

    private @Nullable ProcessorContext<byte[], Step> context;
    private @Nullable JoinTable table;
    private @Nullable Tallies tallies;
    private @Nullable Enrolment enrolment;
    private long forgottenAtMs = Long.MIN_VALUE;

    /** A deployment by the one object that stands for it, and its rules. */
    private record Lane(
            DeploymentId deployment, DeploymentPolicy policy, Joiner joiner, EntryIds ids, Enrolment.Place place) {}

    /** A record that was not decided yet. */
    private record Gathered(Lane lane, EntryId id, Intake.OfRecord intake) {}

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
        clearGathered();
        lanes.clear();
        enrolment = Enrolment.of(newContext, policies);
        table = store.tableOf(newContext);
        tallies = newContext.getStateStore(Tallies.STORE);
        newContext.schedule(pace.sweepEvery(), PunctuationType.WALL_CLOCK_TIME, this::sweep);
        if (drainsByClock) {
            newContext.schedule(pace.drainEvery(), PunctuationType.WALL_CLOCK_TIME, now -> drain());
        }
    }

    @Override
    public void process(Record<byte[], Intake> record) {
        if (record.value() instanceof Intake.Taken taken) {
            taken.records().forEach(this::take);
        } else if (record.value() instanceof Intake.EndOfIntake) {
            drain();
        }
    }

    private void take(Intake.OfRecord intake) {
        SourceRecord source = intake.source();
        // What a record that waits belongs to must still be there when it is judged.
        if (!(intake instanceof Intake.Undecided)) {
            clocks.advance(source.topic(), source.appendMs());
        }
        if (intake instanceof Intake.AnInference an) {
            gather(an.inference().deployment(), an.inference().inferenceId(), an);
        } else if (intake instanceof Intake.ATruth a) {
            gather(a.groundTruth().deployment(), a.groundTruth().inferenceId(), a);
        } else if (intake instanceof Intake.Refused refused) {
            refuse(refused);
        } else if (intake instanceof Intake.Undecided) {
            count(source, 1);
        } else if (intake instanceof Intake.Released) {
            count(source, -1);
        }
    }

    private void gather(DeploymentId deployment, String inferenceId, Intake.OfRecord intake) {
        Lane lane = laneOf(deployment, intake.source().appendMs());
        if (lane == null) {
            refuse(new Intake.Refused(RefusalReason.TOO_MANY_DEPLOYMENTS, intake.source(), null, inferenceId));
            return;
        }
        gathered.add(new Gathered(lane, lane.ids().of(inferenceId), intake));
        byte[] value = intake.source().value();
        gatheredBytes += value == null ? 0 : value.length;
        if (gathered.size() >= MOST_GATHERED || gatheredBytes >= MOST_GATHERED_BYTES) {
            decide();
        }
    }

    /** Decides all that was gathered, in order. */
    private void decide() {
        JoinTable entries = started(table);
        int[] slots = entries.fetch(gathered.stream().map(Gathered::id).toList());
        for (int i = 0; i < slots.length; i++) {
            decide(gathered.get(i), slots[i]);
        }
        clearGathered();
        if (entries.isLarge()) {
            entries.save();
        }
    }

    private void clearGathered() {
        gathered.clear();
        gatheredBytes = 0;
    }

    private void decide(Gathered one, int slot) {
        Lane lane = one.lane();
        Intake.OfRecord intake = one.intake();
        long appendMs = intake.source().appendMs();
        JoinTable.Kept kept = started(table).read(slot, appendMs);
        if (kept.expired() != null) {
            started(tallies).add(lane.deployment(), appendMs, kept.expired());
        }
        JoinOutcome outcome;
        if (intake instanceof Intake.AnInference an) {
            outcome = lane.joiner().infer(kept.entry(), an.inference());
        } else if (intake instanceof Intake.ATruth a) {
            outcome = lane.joiner()
                    .learn(kept.entry(), a.groundTruth(), appendMs, a.source().offset());
        } else {
            throw new IllegalStateException("nothing to be joined: " + intake);
        }
        if (outcome.entry() != null && outcome.isEntryChanged()) {
            started(table).keep(slot, kept, outcome.entry(), appendMs);
        }
        for (JoinOutcome.Refusal refusal : outcome.refusals()) {
            putAway(intake.source(), lane.deployment(), letterOf(refusal, intake, lane.deployment()));
        }
        send(started(tallies).add(lane.deployment(), appendMs, outcome, lane.policy()));
    }

    /** Of the record itself, or of one that waited, which is no longer at hand. */
    private static DeadLetter letterOf(JoinOutcome.Refusal refusal, Intake.OfRecord intake, DeploymentId deployment) {
        SourceRecord source = intake.source();
        String inferenceId = intake instanceof Intake.AnInference an
                ? an.inference().inferenceId()
                : ((Intake.ATruth) intake).groundTruth().inferenceId();
        boolean itself =
                refusal.truth().offset() == source.offset() && !source.topic().holdsInferences();
        SourceRecord refused = itself
                ? source
                : new SourceRecord(
                        SourceTopic.of(Topics.groundTruth(deployment.customer())),
                        source.partition(),
                        refusal.truth().offset(),
                        refusal.truth().appendMs(),
                        null,
                        null);
        return new DeadLetter(reasonOf(refusal.reason()), refused, deployment, inferenceId);
    }

    private void putAway(SourceRecord cause, DeploymentId counted, DeadLetter letter) {
        started(tallies).putAway(counted, letter.reason());
        started(context).forward(new Record<>(cause.carriedKey(), new Step.PutAway(letter), cause.appendMs()));
    }

    /** What fails here must fail the task: sums that are not sent must not be committed. */
    private void send(List<Delta> deltas) {
        ProcessorContext<byte[], Step> live = started(context);
        for (Delta delta : deltas) {
            live.forward(new Record<>(NO_KEY, new Step.Send(delta), live.currentSystemTimeMs()));
        }
    }

    private void drain() {
        decide();
        started(table).save();
        send(started(tallies).take());
    }

    private static RefusalReason reasonOf(JoinOutcome.Reason reason) {
        return switch (reason) {
            case NOT_SCORABLE -> RefusalReason.NOT_SCORABLE;
            case CORRECTIONS_OFF -> RefusalReason.CORRECTIONS_OFF;
            case TOO_MANY_REVISIONS -> RefusalReason.TOO_MANY_REVISIONS;
        };
    }

    private void refuse(Intake.Refused refused) {
        SourceRecord source = refused.source();
        DeploymentId deployment = refused.deployment();
        if (deployment == null || laneOf(deployment, source.appendMs()) == null) {
            deployment = unattributed(source);
        }
        Disposition disposition = source.topic().holdsInferences()
                ? Disposition.INFERENCE_DEAD_LETTERED
                : Disposition.TRUTH_DEAD_LETTERED;
        started(tallies).add(deployment, source.appendMs(), disposition, 1);
        putAway(
                source,
                deployment,
                new DeadLetter(refused.reason(), source, refused.deployment(), refused.inferenceId()));
    }

    /** Counts a record that nobody can judge yet, or, where that is negative, one that is judged now. */
    private void count(SourceRecord source, long undecided) {
        Disposition disposition =
                source.topic().holdsInferences() ? Disposition.INFERENCE_UNDECIDED : Disposition.TRUTH_UNDECIDED;
        started(tallies).add(unattributed(source), source.appendMs(), disposition, undecided);
    }

    private static DeploymentId unattributed(SourceRecord source) {
        return new DeploymentId(source.topic().customer(), Delta.UNATTRIBUTED);
    }

    /** Absent where the deployment is one too many, or no policy is for it. */
    private @Nullable Lane laneOf(DeploymentId deployment, long appendMs) {
        Lane known = lanes.get(deployment);
        if (known == null) {
            DeploymentPolicy policy = policies.find(deployment).orElse(null);
            Enrolment.Place place = policy == null ? null : started(enrolment).placeOf(deployment, policy);
            if (policy == null || place == null) {
                return null;
            }
            known = new Lane(deployment, policy, policy.joiner(deployment), new EntryIds(deployment), place);
            lanes.put(deployment, known);
        }
        known.place().use(appendMs);
        return known;
    }

    private void sweep(long now) {
        forget(now);
        JoinTable entries = started(table);
        if (!entries.isSweepDue(clocks::overBeforeMs)) {
            return;
        }
        // What is gathered may still find what is over by the clock of a later record.
        decide();
        Map<DeploymentId, Ledger> expired = entries.expire(clocks::overBeforeMs);
        expired.forEach((deployment, ledger) ->
                started(tallies).add(deployment, clocks.overBeforeMs(deployment.customer()), ledger));
        entries.save();
        entries.tidy(clocks::overBeforeMs, pace.sweepLimit());
        send(started(tallies).take());
    }

    /** Gives up the places of deployments that are over, now and then. */
    private void forget(long now) {
        if (forgottenAtMs == Long.MIN_VALUE || now - forgottenAtMs >= FORGET_EVERY_MS) {
            forgottenAtMs = now;
            started(enrolment).forget(clocks::overBeforeMs).forEach(lanes::remove);
        }
    }
}
