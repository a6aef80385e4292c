package dev.lastmile.faults.installation;

import dev.lastmile.faults.oracle.OracleDeployment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a monitor is told to watch a deployment of the seeded stream. */
public final class DeploymentEntry {

    /** Few enough for every deployment's baseline to be frozen, and its detectors started, early in the stream. */
    private static final int BASELINE_LABELLED = 3_000;

    private DeploymentEntry() {}

    /**
     * An entry of the list under {@code deployments:} of a configuration.
     *
     * @param maxAge how old an event may be, and how much longer than its horizon an entry is kept
     */
    public static Map<String, Object> of(OracleDeployment policy, Duration maxAge) {
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
        entry.put("limits", Map.of("maxAge", maxAge.toString()));
        return entry;
    }
}
