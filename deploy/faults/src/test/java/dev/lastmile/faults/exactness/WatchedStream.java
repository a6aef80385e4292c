package dev.lastmile.faults.exactness;

import dev.lastmile.faults.oracle.BatchOracle;
import dev.lastmile.faults.oracle.OracleDeployment;
import dev.lastmile.faults.oracle.OracleResult;
import dev.lastmile.faults.oracle.OracleStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The seeded stream, what the batch program makes of it, and how the monitor is told to watch it.
 *
 * @param stream what arrives
 * @param expected what must have been computed in the end
 */
record WatchedStream(OracleStream stream, OracleResult expected) {

    static final int RECORDS = 200_000;

    /**
     * How old an event may be, and how much longer than its horizon an entry is kept. Long enough for the latest truth of
     * the stream to be recognised as too late (half the longest horizon and the longest way, 25.5 h, or more) and for no
     * bucket to be forgotten before the stream ends after 130 h (52.1 h, or more).
     */
    private static final Duration MAX_AGE = Duration.ofHours(54);

    /** Few enough for every deployment's baseline to be frozen, and its detectors started, early in the stream. */
    private static final int BASELINE_LABELLED = 3_000;

    static WatchedStream of(long seed) {
        OracleStream stream = OracleStream.of(seed, RECORDS);
        return new WatchedStream(
                stream, new BatchOracle(OracleStream.policies()).run(stream.inferences(), stream.truths()));
    }

    static Set<String> customers() {
        Set<String> customers = new TreeSet<>();
        OracleStream.policies().forEach(policy -> customers.add(policy.customer()));
        return customers;
    }

    /** The list under {@code deployments:} of a configuration. */
    static List<Map<String, Object>> deployments() {
        return OracleStream.policies().stream().map(WatchedStream::deployment).toList();
    }

    private static Map<String, Object> deployment(OracleDeployment policy) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("customer", policy.customer());
        entry.put("deployment", policy.deployment());
        entry.put("metric", policy.metric());
        if (policy.positiveLabel() != null) {
            entry.put("positiveLabel", policy.positiveLabel());
        }
        entry.put("dimensions", policy.dimensions());
        entry.put("intersections", policy.intersections());
        entry.put("bucket", Duration.ofMillis(policy.bucketMs()).toString());
        entry.put("horizon", Duration.ofMillis(policy.horizonMs()).toString());
        entry.put("baseline", Map.of("labelled", BASELINE_LABELLED));
        entry.put("limits", Map.of("maxAge", MAX_AGE.toString()));
        return entry;
    }
}
