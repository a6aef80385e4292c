package dev.lastmile.local.demo;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.local.generator.DemoDeployments;
import dev.lastmile.schema.AlertKind;
import dev.lastmile.schema.AlertStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the demo promises of a deployment, and whether it came so.
 *
 * @param deployment of which one
 * @param story what happens to it
 * @param expected what should come, in words
 * @param test whether the alerts of this deployment that ever fired are what should come
 */
record Expectation(DeploymentId deployment, String story, String expected, Predicate<List<SeenAlert>> test) {

    /** The promises of the demo. */
    static final List<Expectation> ALL = List.of(
            new Expectation(
                    DemoDeployments.UNFAIR,
                    "a ward where a new noise will hurt one accent more than the others",
                    "DISPARATE_DEGRADATION naming noise=imaging and accent=scottish",
                    Expectation::namesNoiseAndAccent),
            new Expectation(
                    DemoDeployments.WORSE_FOR_ALL,
                    "a call centre that will get worse for everybody alike",
                    "DEGRADATION and nothing disparate",
                    Expectation::isDegradationOnly),
            new Expectation(DemoDeployments.HEALTHY, "a clinic where nothing happens", "no alert", List::isEmpty));

    private static boolean namesNoiseAndAccent(List<SeenAlert> fired) {
        return fired.stream()
                .anyMatch(alert -> alert.kind() == AlertKind.DISPARATE_DEGRADATION
                        && alert.names("noise", "imaging")
                        && alert.names("accent", "scottish"));
    }

    private static boolean isDegradationOnly(List<SeenAlert> fired) {
        return !fired.isEmpty() && fired.stream().allMatch(alert -> alert.kind() == AlertKind.DEGRADATION);
    }

    /** Whether it held, given everything that came from the alert topics. */
    boolean held(List<SeenAlert> seen) {
        return test.test(fired(seen));
    }

    /** What came, in a few words: each kind with how many slices, and when the first of it came. */
    String came(List<SeenAlert> seen) {
        List<SeenAlert> fired = fired(seen);
        List<String> parts = new ArrayList<>();
        for (AlertKind kind : AlertKind.values()) {
            Set<String> slices = new TreeSet<>();
            double first = Double.POSITIVE_INFINITY;
            for (SeenAlert alert : fired) {
                if (alert.kind() == kind) {
                    slices.add(alert.event().getSliceName());
                    first = Math.min(first, alert.secondsAfterStart());
                }
            }
            if (!slices.isEmpty()) {
                parts.add(String.format(
                        Locale.ROOT,
                        "%s of %d %s, first after %.0f s",
                        kind,
                        slices.size(),
                        slices.size() == 1 ? "slice" : "slices",
                        first));
            }
        }
        return parts.isEmpty() ? "no alert" : String.join("; ", parts);
    }

    private List<SeenAlert> fired(List<SeenAlert> seen) {
        return seen.stream()
                .filter(alert -> alert.deployment().equals(deployment))
                .filter(alert -> alert.event().getState() == AlertStatus.FIRING)
                .toList();
    }
}
