package dev.lastmile.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.detection.Baseline;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.local.generator.DemoDeployments;
import dev.lastmile.score.Metric;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MonitorProgressTest {

    @Test
    void theChangeWaitsForTheLastBaseline() {
        DeploymentSnapshot unfair = snapshot(DemoDeployments.UNFAIR, "b1");
        DeploymentSnapshot worse = snapshot(DemoDeployments.WORSE_FOR_ALL, "b2");

        assertThat(MonitorProgress.of(List.of()).baselinesFrozen()).isFalse();
        assertThat(MonitorProgress.of(List.of(unfair, worse)).baselinesFrozen())
                .as("one was not heard of yet")
                .isFalse();
        assertThat(MonitorProgress.of(List.of(unfair, worse, snapshot(DemoDeployments.HEALTHY, null)))
                        .baselinesFrozen())
                .as("one is still learning")
                .isFalse();
        assertThat(MonitorProgress.of(List.of(unfair, worse, snapshot(DemoDeployments.HEALTHY, "b3")))
                        .baselinesFrozen())
                .isTrue();
    }

    @Test
    void recordsThatWaitAreAccountedForToo() {
        DeploymentSnapshot one = snapshot(DemoDeployments.UNFAIR, "b1");
        one.ledger().add(Disposition.INFERENCE_JOINED, 5);
        one.ledger().add(Disposition.INFERENCE_WAITING, 2);
        one.ledger().add(Disposition.TRUTH_DUPLICATE, 1);
        DeploymentSnapshot other = snapshot(DemoDeployments.HEALTHY, null);
        other.ledger().add(Disposition.TRUTH_JOINED, 30);

        assertThat(MonitorProgress.of(List.of(one, other)).accounted()).isEqualTo(38);
    }

    private static DeploymentSnapshot snapshot(DeploymentId deployment, @Nullable String baselineVersion) {
        return new DeploymentSnapshot(
                deployment,
                Metric.WORD_ERROR_RATE,
                baseline(baselineVersion),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                new Ledger(),
                Map.of(),
                0);
    }

    private static BaselineStanding baseline(@Nullable String version) {
        if (version == null) {
            return BaselineStanding.NONE;
        }
        Baseline inForce = new Baseline(version, Baseline.Source.LEARNED, 0, 1, 1, 1, Map.of());
        return new BaselineStanding(inForce, null, Map.of(), 1, Map.of(), 0, List.of(), Map.of());
    }
}
