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
 */
record Step(DeploymentId deployment, long appendMs, Ledger ledger, List<Change> changes, List<DeadLetter> deadLetters) {

    static Step counted(DeploymentId deployment, long appendMs, Disposition disposition, long delta) {
        Ledger ledger = new Ledger();
        ledger.add(disposition, delta);
        return new Step(deployment, appendMs, ledger, List.of(), List.of());
    }
}
