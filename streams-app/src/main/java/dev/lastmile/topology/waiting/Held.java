package dev.lastmile.topology.waiting;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.join.JoinEntry;
import dev.lastmile.topology.serde.EntryTerms;

/**
 * An entry of the join and where it belongs.
 *
 * @param deployment whose it is
 * @param keepMs how long after its event its deadline is
 * @param entry itself
 */
record Held(DeploymentId deployment, long keepMs, JoinEntry entry) {

    /** Deadlines are counted in steps of about a hundredth of the time that entries are kept. */
    private static final int STEPS = 64;

    /** Text that takes as much on the heap as an entry without text. */
    private static final int ENTRY_CHARACTERS = 300;

    /** About what it takes on the heap, as a multiple of an entry without text. */
    int weight() {
        return 1 + entry.textLength() / ENTRY_CHARACTERS;
    }

    EntryTerms terms() {
        return EntryTerms.of(deployment, keepMs, entry);
    }

    /** The last millisecond of the step of time in which the deadline lies. */
    long stepEndMs() {
        long stepMs = Long.highestOneBit(Math.max(1, keepMs / STEPS));
        long deadlineMs = entry.deadlineMs();
        long start = Math.floorDiv(deadlineMs, stepMs) * stepMs;
        return start > Long.MAX_VALUE - stepMs ? Long.MAX_VALUE : start + stepMs - 1;
    }
}
