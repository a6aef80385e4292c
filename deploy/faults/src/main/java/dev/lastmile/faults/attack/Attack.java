package dev.lastmile.faults.attack;

/** What the stranger sends; where the number of records is what hurts, fifty times as many as all others together. */
public enum Attack {
    /** Events of 1970 and 2100, and append times just as absurd. */
    ABSURD_TIMES(Attack.TIMES * Attack.OTHERS_PER_SECOND),
    /** Nothing that is an event. */
    GARBAGE_FLOOD(Attack.TIMES * Attack.OTHERS_PER_SECOND),
    /** A new value of each dimension, a new dimension, a new version and a new deployment with each event. */
    CARDINALITY(Attack.TIMES * Attack.OTHERS_PER_SECOND),
    /** A transaction that is neither committed nor aborted. */
    HUNG_TRANSACTION(10),
    /** Good events. */
    FIFTY_TIMES_THE_RATE(Attack.TIMES * Attack.OTHERS_PER_SECOND),
    /** Ids of schemas that nobody knows, or that are another topic's. */
    SCHEMA_TRICKS(Attack.TIMES * Attack.OTHERS_PER_SECOND),
    /** Records just below the broker's limit. */
    HUGE_RECORDS(30),
    /** The same few events again and again. */
    REPLAY(Attack.TIMES * Attack.OTHERS_PER_SECOND);

    /** How many records a second the others may send at most: a machine of two cores can still send fifty times that. */
    public static final double OTHERS_PER_SECOND = 200;

    /** What the others send, so many times, is sent at them. */
    public static final double TIMES = 50;

    private final double perSecond;

    Attack(double perSecond) {
        this.perSecond = perSecond;
    }

    /** Records that are sent. */
    public double perSecond() {
        return perSecond;
    }

    /** Whether it is their number that hurts. */
    public boolean isFlood() {
        return perSecond >= TIMES * OTHERS_PER_SECOND;
    }
}
