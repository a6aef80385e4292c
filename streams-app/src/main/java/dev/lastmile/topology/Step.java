package dev.lastmile.topology;

/** What the join sends on. */
sealed interface Step {

    /** A record to be put away. */
    record PutAway(DeadLetter letter) implements Step {}

    /** Sums of a deployment. */
    record Send(Delta delta) implements Step {}
}
