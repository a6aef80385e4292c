package dev.lastmile.faults.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A seeded stream with everything that may happen to a truth: early, late, missing, twice, in conflict, corrected, of an
 * older revision, without an inference. Three customers, five deployments that use the same inference ids, two model
 * versions. The same seed and size give the same stream.
 *
 * <p>What a monitor may rely on: a record arrives at most {@link #MAX_LAG_MS} after its own time and never before it, so a
 * truth arrives at most {@code 1.5·horizon + MAX_LAG_MS} after its inference occurred. At most {@value #MAX_TRUTHS} truths
 * share an id. A transcript may be empty text, as output and as truth.
 */
public final class OracleStream {

    /** When the first inference occurs, epoch milliseconds UTC: a Monday, on no bucket's edge. */
    public static final long START_MS = Instant.parse("2026-01-05T09:20:00Z").toEpochMilli();

    /** The longest way from a record's own time to its arrival, milliseconds. */
    public static final long MAX_LAG_MS = Duration.ofMinutes(90).toMillis();

    /** The most truths of one inference. */
    public static final int MAX_TRUTHS = 5;

    private static final long SPACING_MS = 2_500;

    /**
     * One record on its way.
     *
     * @param arrivalMs when it arrives, epoch milliseconds UTC; not before its own time
     */
    public record Arrival(long arrivalMs, OracleRecord sent) {}

    private final List<Arrival> arrivals;

    private OracleStream(List<Arrival> arrivals) {
        this.arrivals = List.copyOf(arrivals);
    }

    /** A stream of exactly so many records: no inference occurs any more when the last truths arrive. */
    public static OracleStream of(long seed, int records) {
        List<Arrival> arrivals = new ArrayList<>();
        OracleStories stories = new OracleStories(seed, arrivals::add);
        for (int n = 0; arrivals.size() < records; n++) {
            stories.tell(dueMs(n));
        }
        // A stable sort: what arrives in the same millisecond keeps the order in which it was sent.
        arrivals.sort(Comparator.comparingLong(Arrival::arrivalMs));
        return new OracleStream(arrivals.subList(0, records));
    }

    /** A stream without end, in order of arrival; it keeps only what is on its way. */
    public static Iterator<Arrival> endless(long seed) {
        return new EndlessArrivals(seed);
    }

    /** When the story of an inference begins, epoch milliseconds UTC. */
    static long dueMs(long number) {
        return START_MS + number * SPACING_MS;
    }

    /** What is measured of the five deployments. */
    public static List<OracleDeployment> policies() {
        return OraclePolicies.ALL;
    }

    /** Whose deployments they are. */
    public static Set<String> customers() {
        Set<String> customers = new TreeSet<>();
        policies().forEach(policy -> customers.add(policy.customer()));
        return customers;
    }

    /** All records in order of arrival. */
    public List<Arrival> arrivals() {
        return arrivals;
    }

    /** The inferences in order of arrival. */
    public List<OracleInference> inferences() {
        return sent(OracleInference.class);
    }

    /** The truths in order of arrival. */
    public List<OracleTruth> truths() {
        return sent(OracleTruth.class);
    }

    private <T extends OracleRecord> List<T> sent(Class<T> kind) {
        return arrivals.stream()
                .map(Arrival::sent)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
