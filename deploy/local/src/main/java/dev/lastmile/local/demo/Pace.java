package dev.lastmile.local.demo;

/** When a record may be sent: at its own time, and not while the monitor is far behind. */
final class Pace {

    /** So many records may be sent that the monitor has not accounted for; about ten seconds of traffic. */
    static final long MOST_AHEAD = 30_000;

    /** How soon a record that is held back is looked at again. */
    static final long LOOK_AGAIN_MS = 50;

    private Pace() {}

    /**
     * How long the next record waits; it is then asked about again.
     *
     * @param offsetMs its own time, from the start of the traffic
     * @param elapsedMs how long ago the traffic began
     * @param unaccounted records sent that the monitor has not accounted for
     * @return 0 when it may be sent now
     */
    static long waitMs(long offsetMs, long elapsedMs, long unaccounted) {
        if (offsetMs > elapsedMs) {
            return offsetMs - elapsedMs;
        }
        return unaccounted >= MOST_AHEAD ? LOOK_AGAIN_MS : 0;
    }
}
