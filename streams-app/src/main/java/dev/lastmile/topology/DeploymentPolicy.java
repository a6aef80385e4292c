package dev.lastmile.topology;

import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.join.Joiner;
import dev.lastmile.score.Scorer;
import dev.lastmile.slice.Slicing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * How the deployments that match are watched.
 *
 * @param customer a customer's id, or {@code *} for all
 * @param deployment a deployment's name, or {@code *} for all
 * @param scorer metric and how it is measured
 * @param slicing which slices
 * @param bucket length of a bucket of event time
 * @param horizon how long after an inference its ground truth may be observed
 * @param corrections whether ground truths may be corrected; text is kept until the horizon for it
 * @param baseline where the baseline comes from
 * @param detection how sure a verdict must be
 * @param limits what a deployment may use
 */
public record DeploymentPolicy(
        String customer,
        String deployment,
        Scorer scorer,
        Slicing slicing,
        Duration bucket,
        Duration horizon,
        boolean corrections,
        BaselinePlan baseline,
        DetectionSettings detection,
        Limits limits) {

    /** Matches every customer, or every deployment. */
    public static final String ANY = "*";

    private static final int HASH_BYTES = 6;

    public DeploymentPolicy {
        if (!customer.equals(ANY) && !DeploymentId.isCustomer(customer)) {
            throw new IllegalArgumentException("customer must match [a-z0-9-]{1,32} or be \"*\": " + customer);
        }
        if (!deployment.equals(ANY) && !DeploymentId.isDeployment(deployment)) {
            throw new IllegalArgumentException(
                    "deployment must be 1 to 128 letters, digits, spaces or any of ._:@-, or \"*\": " + deployment);
        }
        if (bucket.toMillis() < 1_000) {
            throw new IllegalArgumentException("bucket must be >= PT1S: " + bucket);
        }
        if (horizon.isNegative() || horizon.isZero() || horizon.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException("horizon must be in (PT0S, P366D]: " + horizon);
        }
    }

    /** Whether every deployment that the other entry matches is matched by this one. */
    public boolean covers(DeploymentPolicy other) {
        return (customer.equals(ANY) || customer.equals(other.customer))
                && (deployment.equals(ANY) || deployment.equals(other.deployment));
    }

    boolean matches(DeploymentId id) {
        return (customer.equals(ANY) || customer.equals(id.customer()))
                && (deployment.equals(ANY) || deployment.equals(id.deployment()));
    }

    /** Whether it names its deployment, rather than taking what customers invent. */
    boolean isOfOne() {
        return !deployment.equals(ANY);
    }

    Joiner joiner(DeploymentId id) {
        return new Joiner(id, scorer, slicing, horizon, limits.maxAge(), corrections);
    }

    long bucketStartOf(long eventMs) {
        return eventMs - Math.floorMod(eventMs, bucket.toMillis());
    }

    /** This policy with other limits. */
    public DeploymentPolicy withLimits(Limits newLimits) {
        return new DeploymentPolicy(
                customer, deployment, scorer, slicing, bucket, horizon, corrections, baseline, detection, newLimits);
    }

    /** 12 hexadecimal digits that change with anything that can change a result. */
    public String configurationHash() {
        String canonical = String.join(
                "\n",
                scorer.toString(),
                slicing.toString(),
                bucket.toString(),
                horizon.toString(),
                Boolean.toString(corrections),
                baseline.toString(),
                detection.toString(),
                limits.toString());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
