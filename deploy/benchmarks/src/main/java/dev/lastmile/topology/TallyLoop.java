package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinOutcome.Change;
import dev.lastmile.join.KnownInference;
import dev.lastmile.slice.SliceTree;
import java.util.ArrayList;
import java.util.List;

/** Opens what a task counts for a deployment to the benchmarks. */
public final class TallyLoop {

    private final DeploymentPolicy policy;
    private final SliceTree slices;
    private final List<Change> changes = new ArrayList<>();
    private final Ledger ledger = new Ledger();
    private final DeploymentId deployment;
    private Tally tally;
    private int next;

    /** Of one deployment, with nothing counted. */
    public TallyLoop(DeploymentId deployment, DeploymentPolicy policy) {
        this.deployment = deployment;
        this.policy = policy;
        this.tally = new Tally(deployment);
        this.slices = new SliceTree(policy.slicing());
        ledger.add(Disposition.INFERENCE_WAITING, -1);
        ledger.add(Disposition.INFERENCE_JOINED, 1);
        ledger.add(Disposition.TRUTH_JOINED, 1);
    }

    /** One more of the changes that are counted in turn, as the join brings it. */
    public void prepare(Change change) {
        changes.add(change);
    }

    /** Counts the next change. */
    public int add() {
        Change change = changes.get(next);
        next = next + 1 == changes.size() ? 0 : next + 1;
        tally.add(change.inference().occurredAtMs(), ledger);
        return tally.add(change, policy.bucketStartOf(change.inference().occurredAtMs()), slices);
    }

    /** What was counted leaves, as it does with a commit. */
    public void commit() {
        tally = new Tally(deployment);
    }

    /** The slices of an inference, as the tally looks them up. */
    public int[] slicesOf(KnownInference inference) {
        return slices.numbersOf(inference.origin().slicing(), inference.values());
    }
}
