package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinOutcome.Change;
import java.util.List;

/** What goes from the join to the tally and the dead letters. */
sealed interface Step {

    /** Records to be put away. */
    List<DeadLetter> deadLetters();

    /**
     * What one record changed.
     *
     * @param deployment whose counts change
     * @param appendMs broker append time of the record
     * @param ledger changes of dispositions
     * @param changes changes of statistics
     * @param deadLetters records to be put away
     */
    record Counted(
            DeploymentId deployment, long appendMs, Ledger ledger, List<Change> changes, List<DeadLetter> deadLetters)
            implements Step {

        static Counted of(DeploymentId deployment, long appendMs, Disposition disposition, long delta) {
            Ledger ledger = new Ledger();
            ledger.add(disposition, delta);
            return new Counted(deployment, appendMs, ledger, List.of(), List.of());
        }
    }

    /** All that was counted is to be sent on now. */
    record Drain() implements Step {

        @Override
        public List<DeadLetter> deadLetters() {
            return List.of();
        }
    }
}
