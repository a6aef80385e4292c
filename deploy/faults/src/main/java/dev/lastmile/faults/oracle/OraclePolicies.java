package dev.lastmile.faults.oracle;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The deployments of the seeded stream, and what their inputs declare. */
final class OraclePolicies {

    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final Map<String, List<String>> VALUES = Map.of(
            "accent", List.of("scottish", "us", "indian", "england", "us, south", "50%=mixed"),
            "noise", List.of("quiet", "imaging", "corridor"),
            "device", List.of("headset", "ceiling"),
            "region", List.of("north", "south", "Île-de-France"),
            "channel", List.of("phone", "web", "unknown"));

    /** What is measured of the five deployments. */
    static final List<OracleDeployment> ALL = List.of(
            policy("st-marys/ward-7", "word_error_rate", null, "accent noise", List.of("noise accent"), 1, 48),
            policy("st-marys/theatre", "word_error_rate", null, "accent device", List.of(), 24, 24),
            policy(
                    "callco/line 1",
                    "error_rate",
                    null,
                    "accent region channel",
                    List.of("region accent channel"),
                    1,
                    8),
            policy("callco/ward-7", "false_positive_rate", "fraud", "channel", List.of(), 6, 36),
            policy(
                    "lab-9/triage",
                    "false_negative_rate",
                    "urgent",
                    "noise device",
                    List.of("noise device", "device noise"),
                    2,
                    12));

    private OraclePolicies() {}

    /** Attributes of one input: mostly declared values, some missing, some blank, some undeclared. */
    static Map<String, String> attributes(OracleDeployment policy, Random random) {
        Map<String, String> attributes = new HashMap<>();
        for (String dimension : policy.dimensions()) {
            List<String> values = VALUES.getOrDefault(dimension, List.of());
            int pick = random.nextInt(100);
            if (pick < 3) {
                attributes.put(dimension, pick == 0 ? " " : "");
            } else if (pick >= 10) {
                attributes.put(dimension, values.get(Math.min(random.nextInt(values.size() + 2), values.size() - 1)));
            }
        }
        if (random.nextInt(5) == 0) {
            attributes.put("undeclared", "u" + random.nextInt(3));
        }
        return attributes;
    }

    private static OracleDeployment policy(
            String name,
            String metric,
            @Nullable String positiveLabel,
            String dimensions,
            List<String> intersections,
            int bucketHours,
            int horizonHours) {
        int slash = name.indexOf('/');
        return new OracleDeployment(
                name.substring(0, slash),
                name.substring(slash + 1),
                metric,
                positiveLabel,
                List.of(dimensions.split(" ")),
                intersections.stream().map(each -> List.of(each.split(" "))).toList(),
                bucketHours * HOUR_MS,
                horizonHours * HOUR_MS);
    }
}
