package dev.lastmile.faults.attack;

/** What the stranger sends. */
public enum Attack {
    /** Events of 1970 and 2100, and append times just as absurd. */
    ABSURD_TIMES(10_000),
    /** Nothing that is an event. */
    GARBAGE_FLOOD(10_000),
    /** A new value of each dimension, a new dimension, a new version and a new deployment with each event. */
    CARDINALITY(10_000),
    /** A transaction that is neither committed nor aborted. */
    HUNG_TRANSACTION(10),
    /** Good events, fifty times as many as all others together send. */
    FIFTY_TIMES_THE_RATE(10_000),
    /** Ids of schemas that nobody knows, or that are another topic's. */
    SCHEMA_TRICKS(10_000),
    /** Records just below the broker's limit. */
    HUGE_RECORDS(30),
    /** The same few events again and again. */
    REPLAY(10_000);

    private final double perSecond;

    Attack(double perSecond) {
        this.perSecond = perSecond;
    }

    double perSecond() {
        return perSecond;
    }
}
