package dev.lastmile.faults.attack;

import dev.lastmile.faults.traffic.Stranger;
import dev.lastmile.faults.verdict.RecordVerdict;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the stranger sends, and with which reasons it may be refused, or accepted; where the number of records is what hurts, fifty
 * times as many as all others together.
 */
public enum Attack {
    /** Events of 1970 and 2100, and append times just as absurd. */
    ABSURD_TIMES(Attack.TIMES * Attack.OTHERS_PER_SECOND, RecordVerdict.ACCEPTED, "TIME_TOO_OLD", "TIME_FUTURE"),
    /** Nothing that is an event; one in 256 has what looks like a schema's id. */
    GARBAGE_FLOOD(Attack.TIMES * Attack.OTHERS_PER_SECOND, "BAD_FRAME", "UNKNOWN_SCHEMA", "TOO_MANY_SCHEMAS"),
    /** A new value of each dimension, a new dimension and a new version with each event. */
    CARDINALITY(Attack.TIMES * Attack.OTHERS_PER_SECOND),
    /** A transaction that is neither committed nor aborted. */
    HUNG_TRANSACTION(10),
    /** Good events. */
    FIFTY_TIMES_THE_RATE(Attack.TIMES * Attack.OTHERS_PER_SECOND),
    /** Ids of schemas that nobody knows, or that are another topic's. */
    SCHEMA_TRICKS(
            Attack.TIMES * Attack.OTHERS_PER_SECOND, "UNKNOWN_SCHEMA", "TOO_MANY_SCHEMAS", "SCHEMA_NOT_FOR_TOPIC"),
    /** Records just below the broker's limit, and above the monitor's. */
    HUGE_RECORDS(30, "TOO_LARGE"),
    /** The same few events again and again. */
    REPLAY(Attack.TIMES * Attack.OTHERS_PER_SECOND);

    /** How many records a second the others may send at most: a machine of two cores can still send fifty times that. */
    public static final double OTHERS_PER_SECOND = 200;

    /** What the others send, so many times, is sent at them. */
    public static final double TIMES = 50;

    private final double perSecond;

    @SuppressWarnings("ImmutableEnumChecker") // it is, being a copy
    private final Set<String> reasons;

    /**
     * @param reasons none where all of it must be accepted
     */
    Attack(double perSecond, String... reasons) {
        this.perSecond = perSecond;
        this.reasons = Set.of(reasons);
    }

    /** What must become of a record that the stranger has sent, see {@link RecordVerdict.Judging}. */
    public static Set<String> reasonsFor(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        return key.isEmpty() ? Stranger.REASONS : valueOf(key.substring(0, key.lastIndexOf('-'))).reasons;
    }

    /** No other attack has it: else what this one sends would wait behind what is left of others. */
    String id(long number) {
        return this + "-" + number;
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
