package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinOutcome.Change;
import dev.lastmile.join.KnownInference;
import dev.lastmile.slice.Slice;
import java.util.ArrayList;
import java.util.List;

/** Opens what a task counts for a deployment to the benchmarks. */
public final class TallyLoop {

    private final DeploymentPolicy policy;
    private final SliceDictionary dictionary = new SliceDictionary();
    private final List<Step.Counted> steps = new ArrayList<>();
    private final DeploymentId deployment;
    private Tally tally;
    private int next;

    /** Of one deployment, with nothing counted. */
    public TallyLoop(DeploymentId deployment, DeploymentPolicy policy) {
        this.deployment = deployment;
        this.policy = policy;
        this.tally = new Tally(deployment, dictionary);
    }

    /** One more of the changes that are counted in turn, as the join brings it. */
    public void prepare(Change change, long appendMs) {
        Ledger ledger = new Ledger();
        ledger.add(Disposition.INFERENCE_WAITING, -1);
        ledger.add(Disposition.INFERENCE_JOINED, 1);
        ledger.add(Disposition.TRUTH_JOINED, 1);
        steps.add(new Step.Counted(deployment, appendMs, ledger, List.of(change), List.of()));
    }

    /** Counts the next change. */
    public int add() {
        Step.Counted step = steps.get(next);
        next = next + 1 == steps.size() ? 0 : next + 1;
        return tally.add(step, policy);
    }

    /** What was counted leaves, as it does with a commit. */
    public void commit() {
        tally = new Tally(deployment, dictionary);
    }

    /** The slices of an inference, as the tally looks them up. */
    public List<Slice> slicesOf(KnownInference inference) {
        return dictionary.slicesOf(inference, policy.slicing());
    }
}
