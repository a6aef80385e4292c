package dev.lastmile.faults.oracle;

import dev.lastmile.faults.oracle.OracleStream.Arrival;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;

/** Stories without end, their records in order of arrival; those of one millisecond in the order in which they were told. */
final class EndlessArrivals implements Iterator<Arrival> {

    private record Told(Arrival arrival, long number) {}

    private final PriorityQueue<Told> onTheWay = new PriorityQueue<>(
            Comparator.comparingLong((Told told) -> told.arrival().arrivalMs()).thenComparingLong(Told::number));
    private final OracleStories stories;
    private long told;
    private long due;

    EndlessArrivals(long seed) {
        this.stories = new OracleStories(seed, arrival -> onTheWay.add(new Told(arrival, told++)));
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Arrival next() {
        while (true) {
            // No record arrives before its story is due, so whatever is still to be told comes later.
            Told first = onTheWay.peek();
            if (first != null && first.arrival().arrivalMs() <= OracleStream.dueMs(due)) {
                onTheWay.remove();
                return first.arrival();
            }
            stories.tell(OracleStream.dueMs(due++));
        }
    }
}
