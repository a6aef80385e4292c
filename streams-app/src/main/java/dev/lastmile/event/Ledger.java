package dev.lastmile.event;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many records of one deployment ended, or stand, in each {@link Disposition}. Mutable and additive.
 *
 * <p>The identities, checked by a test against an independent count of what was sent:
 *
 * <pre>
 * inferences received  = accepted + duplicate + conflicting + dead-lettered + undecided
 * inferences accepted  = joined + waiting + expired
 * truths received      = accepted + duplicate + conflicting + dead-lettered + undecided
 * truths accepted      = joined + corrections applied + superseded + too late + waiting + expired
 * </pre>
 *
 * Every disposition that is not {@linkplain Disposition#isPassing passing} only grows. A record is received once: when its
 * waiting ends, its count moves, so the sum over all dispositions is the number of records received.
 */
public final class Ledger {

    private final Map<Disposition, Long> counts = new EnumMap<>(Disposition.class);

    /** Adds {@code delta}, which is negative when records leave a waiting state. */
    public void add(Disposition disposition, long delta) {
        if (delta != 0) {
            counts.merge(disposition, delta, (a, b) -> a + b == 0 ? null : a + b);
        }
    }

    /** Adds another ledger, disposition by disposition. */
    public void add(Ledger other) {
        other.counts.forEach(this::add);
    }

    /** The count of one disposition. */
    public long get(Disposition disposition) {
        return counts.getOrDefault(disposition, 0L);
    }

    /** Whether nothing was counted. */
    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Inferences received: each exactly once. */
    public long inferencesReceived() {
        return received(false);
    }

    /** Ground truths received: each exactly once. */
    public long truthsReceived() {
        return received(true);
    }

    /** A copy that later additions do not change. */
    public Ledger copy() {
        Ledger copy = new Ledger();
        copy.add(this);
        return copy;
    }

    /** All counts by disposition, zeros included, in declaration order. */
    public Map<Disposition, Long> asMap() {
        Map<Disposition, Long> map = new EnumMap<>(Disposition.class);
        for (Disposition disposition : Disposition.values()) {
            map.put(disposition, get(disposition));
        }
        return map;
    }

    private long received(boolean truths) {
        long sum = 0;
        for (Map.Entry<Disposition, Long> entry : counts.entrySet()) {
            if (entry.getKey().isOfTruth() == truths) {
                sum += entry.getValue();
            }
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ledger ledger && counts.equals(ledger.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
