package dev.lastmile.event;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
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

    private static final List<Disposition> DISPOSITIONS = List.of(Disposition.values());

    /** In the order of dispositions: every record makes a ledger and adds it, so that boxes would be most of its cost. */
    private final long[] counts = new long[DISPOSITIONS.size()];

    /** Adds {@code delta}, which is negative when records leave a waiting state. */
    @SuppressWarnings("EnumOrdinal") // the order never leaves this object
    public void add(Disposition disposition, long delta) {
        counts[disposition.ordinal()] += delta;
    }

    /** Adds another ledger, disposition by disposition. */
    public void add(Ledger other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    /** Forgets all. */
    public void clear() {
        Arrays.fill(counts, 0);
    }

    /** The count of one disposition. */
    @SuppressWarnings("EnumOrdinal") // as above
    public long get(Disposition disposition) {
        return counts[disposition.ordinal()];
    }

    /** Whether nothing was counted, or all of it was taken back. */
    public boolean isEmpty() {
        for (long count : counts) {
            if (count != 0) {
                return false;
            }
        }
        return true;
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
        for (Disposition disposition : DISPOSITIONS) {
            map.put(disposition, get(disposition));
        }
        return map;
    }

    private long received(boolean truths) {
        long sum = 0;
        for (Disposition disposition : DISPOSITIONS) {
            if (disposition.isOfTruth() == truths) {
                sum += get(disposition);
            }
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ledger ledger && Arrays.equals(counts, ledger.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        Map<Disposition, Long> counted = asMap();
        counted.values().removeIf(count -> count == 0);
        return counted.toString();
    }
}
