package dev.lastmile.topology.waiting;

import dev.lastmile.join.JoinEntry;

/**
 * Of the entries of one customer in a segment.
 *
 * @param firstAppendMs broker append time of the first record that wrote one
 * @param lastAppendMs of the last one
 * @param latestMs end of the step in which the last of them expires
 * @param keepMs the longest time that one is kept
 */
record Span(long firstAppendMs, long lastAppendMs, long latestMs, long keepMs) {

    /** A segment takes entries for so large a part of the time they are kept: so much longer they lie at most. */
    private static final int SEGMENTS_A_KEEP = 4;

    static Span of(JoinEntry entry, long appendMs) {
        return new Span(
                appendMs, appendMs, Deadlines.stepEndMs(entry), entry.origin().keepMs());
    }

    /** Whether an entry that a record wrote changes nothing in this. */
    boolean covers(JoinEntry entry, long appendMs) {
        return firstAppendMs <= appendMs
                && appendMs <= lastAppendMs
                && entry.origin().keepMs() <= keepMs
                && Deadlines.stepEndMs(entry) <= latestMs;
    }

    Span plus(Span other) {
        return new Span(
                Math.min(firstAppendMs, other.firstAppendMs),
                Math.max(lastAppendMs, other.lastAppendMs),
                Math.max(latestMs, other.latestMs),
                Math.max(keepMs, other.keepMs));
    }

    /** Of an entry that no record wrote, but an older segment handed on. */
    static Span handedOn(JoinEntry entry) {
        return new Span(
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                Deadlines.stepEndMs(entry),
                entry.origin().keepMs());
    }

    boolean isFull() {
        return lastAppendMs > firstAppendMs && lastAppendMs - firstAppendMs > keepMs / SEGMENTS_A_KEEP;
    }
}
