package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinOutcome.Change;
import java.util.List;

/**
 * What one record changed, on its way from the join to the tally and the dead letters.
 *
 * @param deployment whose counts change
 * @param appendMs broker append time of the record
 * @param ledger changes of dispositions
 * @param changes changes of statistics
 * @param deadLetters records to be put away
 * @param last whether no record caused it, and it is the last of those that came of the same: nothing that follows would send
 *     on what was counted
 */
record Step(
        DeploymentId deployment,
        long appendMs,
        Ledger ledger,
        List<Change> changes,
        List<DeadLetter> deadLetters,
        boolean last) {

    Step(DeploymentId deployment, long appendMs, Ledger ledger, List<Change> changes, List<DeadLetter> deadLetters) {
        this(deployment, appendMs, ledger, changes, deadLetters, false);
    }

    /** The same, as the last of those that came of the same. */
    Step asLast() {
        return new Step(deployment, appendMs, ledger, changes, deadLetters, true);
    }

    static Step counted(DeploymentId deployment, long appendMs, Disposition disposition, long delta) {
        Ledger ledger = new Ledger();
        ledger.add(disposition, delta);
        return new Step(deployment, appendMs, ledger, List.of(), List.of());
    }
}
