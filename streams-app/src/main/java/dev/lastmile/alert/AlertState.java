package dev.lastmile.alert;

/** Where an alert stands. */
public enum AlertState {
    /** The effect is there and somebody should act. */
    FIRING,
    /** The effect is shown to be gone, or what it was measured against is. */
    RESOLVED,
    /** No labels have come for a while: nobody can know. */
    STALE
}
