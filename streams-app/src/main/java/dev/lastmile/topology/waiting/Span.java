package dev.lastmile.topology.waiting;

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

    static Span of(Held held, long appendMs) {
        return new Span(appendMs, appendMs, held.stepEndMs(), held.keepMs());
    }

    Span plus(Span other) {
        return new Span(
                Math.min(firstAppendMs, other.firstAppendMs),
                Math.max(lastAppendMs, other.lastAppendMs),
                Math.max(latestMs, other.latestMs),
                Math.max(keepMs, other.keepMs));
    }

    /** Of an entry that no record wrote, but an older segment handed on. */
    static Span handedOn(Held held) {
        return new Span(Long.MAX_VALUE, Long.MIN_VALUE, held.stepEndMs(), held.keepMs());
    }

    boolean isFull() {
        return lastAppendMs > firstAppendMs && lastAppendMs - firstAppendMs > keepMs / SEGMENTS_A_KEEP;
    }
}
