package dev.lastmile.faults.exactness;

import dev.lastmile.faults.installation.DeploymentEntry;
import dev.lastmile.faults.oracle.BatchOracle;
import dev.lastmile.faults.oracle.OracleResult;
import dev.lastmile.faults.oracle.OracleStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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

    static WatchedStream of(long seed) {
        OracleStream stream = OracleStream.of(seed, RECORDS);
        return new WatchedStream(
                stream, new BatchOracle(OracleStream.policies()).run(stream.inferences(), stream.truths()));
    }

    /** The list under {@code deployments:} of a configuration. */
    static List<Map<String, Object>> deployments() {
        return OracleStream.policies().stream()
                .map(policy -> DeploymentEntry.of(policy, MAX_AGE))
                .toList();
    }
}
