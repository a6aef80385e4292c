package dev.lastmile.faults.oracle;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of one deployment, and how.
 *
 * @param customer exact name
 * @param deployment exact name
 * @param metric {@code word_error_rate}, {@code error_rate}, {@code false_positive_rate} or {@code false_negative_rate}
 * @param positiveLabel the positive label of the last two, null for the others
 * @param dimensions declared dimensions
 * @param intersections dimensions in order; every prefix of two or more is a slice too
 * @param bucketMs length of a bucket, milliseconds
 * @param horizonMs how long after its inference a truth may have been observed, milliseconds, inclusive
 */
public record OracleDeployment(
        String customer,
        String deployment,
        String metric,
        @Nullable String positiveLabel,
        List<String> dimensions,
        List<List<String>> intersections,
        long bucketMs,
        long horizonMs) {

    private static final Set<String> OF_ONE_CLASS = Set.of("false_positive_rate", "false_negative_rate");
    private static final Set<String> OTHERS = Set.of("word_error_rate", "error_rate");

    public OracleDeployment {
        if (!OTHERS.contains(metric) && !OF_ONE_CLASS.contains(metric)) {
            throw new IllegalArgumentException("metric not known here: " + metric);
        }
        if (OF_ONE_CLASS.contains(metric) != (positiveLabel != null)) {
            throw new IllegalArgumentException("positiveLabel does not fit " + metric + ": " + positiveLabel);
        }
        if (bucketMs <= 0 || horizonMs <= 0) {
            throw new IllegalArgumentException("bucketMs and horizonMs must be > 0: " + bucketMs + ", " + horizonMs);
        }
    }
}
