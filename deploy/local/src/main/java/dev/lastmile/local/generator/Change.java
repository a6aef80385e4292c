package dev.lastmile.local.generator;

/**
 * When something changes in the traffic: not yet known at first, decided once, by whoever sends. Offsets are milliseconds
 * since the traffic began. For one thread.
 */
public final class Change {

    private static final long NOT_YET = Long.MAX_VALUE;

    private long fromMs = NOT_YET;

    /** A change that comes at a moment known beforehand. */
    static Change at(long offsetMs) {
        Change change = new Change();
        change.come(offsetMs);
        return change;
    }

    /**
     * Decides the moment.
     *
     * @param offsetMs from when on; what is planned already stays as it is, see {@link Traffic#PLANNED_AHEAD_MS}
     */
    public void come(long offsetMs) {
        if (offsetMs < 0) {
            throw new IllegalArgumentException("offsetMs must be >= 0: " + offsetMs);
        }
        if (isDecided()) {
            throw new IllegalStateException("the change comes once, at " + fromMs + " ms");
        }
        fromMs = offsetMs;
    }

    /** Whether its moment is known. */
    public boolean isDecided() {
        return fromMs != NOT_YET;
    }

    /** Whether it has come by then. */
    public boolean isBy(long offsetMs) {
        return offsetMs >= fromMs;
    }
}
