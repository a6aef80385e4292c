package dev.lastmile.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.local.generator.DemoDeployments;
import dev.lastmile.schema.AlertEvent;
import dev.lastmile.schema.AlertKind;
import dev.lastmile.schema.AlertStatus;
import dev.lastmile.schema.SliceTerm;
import dev.lastmile.schema.TrustedRecords;
import dev.lastmile.slice.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DemoSummaryTest {

    private static final Slice NOISY_SCOTTISH = Slice.of("noise", "imaging").and("accent", "scottish");

    @BeforeAll
    static void trust() {
        TrustedRecords.trust();
    }

    @Test
    void theThreePromisesHoldTogether() {
        List<SeenAlert> seen = List.of(
                fired(DemoDeployments.UNFAIR, AlertKind.DISPARITY, Slice.of("noise", "imaging"), 50),
                fired(DemoDeployments.UNFAIR, AlertKind.DISPARATE_DEGRADATION, NOISY_SCOTTISH, 52.4),
                fired(DemoDeployments.WORSE_FOR_ALL, AlertKind.DEGRADATION, Slice.OVERALL, 54));

        assertThat(DemoSummary.allHeld(seen)).isTrue();
        assertThat(DemoSummary.of(seen))
                .hasSize(4)
                .noneMatch(line -> line.contains(" NO "))
                .anyMatch(line -> line.contains("DISPARATE_DEGRADATION of 1 slice, first after 52 s"))
                .anyMatch(line -> line.startsWith("harbour-clinic/dictation") && line.endsWith("no alert"));
    }

    @Test
    void silenceIsNotEnough() {
        assertThat(DemoSummary.allHeld(List.of())).isFalse();
        assertThat(DemoSummary.of(List.of()))
                .filteredOn(line -> line.contains(" NO "))
                .hasSize(2);
    }

    @Test
    void theNoiseAloneDoesNotNameTheAccent() {
        assertThat(Expectation.ALL
                        .get(0)
                        .held(List.of(fired(
                                DemoDeployments.UNFAIR,
                                AlertKind.DISPARATE_DEGRADATION,
                                Slice.of("noise", "imaging"),
                                50))))
                .isFalse();
        assertThat(Expectation.ALL
                        .get(0)
                        .held(List.of(fired(DemoDeployments.UNFAIR, AlertKind.DEGRADATION, NOISY_SCOTTISH, 50))))
                .isFalse();
    }

    @Test
    void aDisparateAlertOfTheCallCentreBreaksItsPromise() {
        List<SeenAlert> seen = new ArrayList<>();
        seen.add(fired(DemoDeployments.WORSE_FOR_ALL, AlertKind.DEGRADATION, Slice.OVERALL, 50));
        assertThat(Expectation.ALL.get(1).held(seen)).isTrue();

        seen.add(fired(DemoDeployments.WORSE_FOR_ALL, AlertKind.DISPARATE_DEGRADATION, Slice.of("line", "mobile"), 60));
        assertThat(Expectation.ALL.get(1).held(seen)).isFalse();
    }

    @Test
    void anyAlertOfTheClinicBreaksItsPromiseEvenIfItIsResolvedLater() {
        SeenAlert fired = fired(DemoDeployments.HEALTHY, AlertKind.DEGRADATION, Slice.OVERALL, 50);
        SeenAlert resolved = new SeenAlert(
                AlertEvent.newBuilder(fired.event())
                        .setState(AlertStatus.RESOLVED)
                        .build(),
                60);

        assertThat(Expectation.ALL.get(2).held(List.of(fired, resolved))).isFalse();
        assertThat(Expectation.ALL.get(2).held(List.of(resolved))).isTrue();
    }

    private static SeenAlert fired(DeploymentId deployment, AlertKind kind, Slice slice, double seconds) {
        List<SliceTerm> terms = new ArrayList<>();
        slice.terms().forEach(term -> terms.add(new SliceTerm(term.dimension(), term.value())));
        AlertEvent event = AlertEvent.newBuilder()
                .setAlertId(deployment + "|" + kind + "|" + slice)
                .setKind(kind)
                .setState(AlertStatus.FIRING)
                .setCustomer(deployment.customer())
                .setDeployment(deployment.deployment())
                .setMetric("word_error_rate")
                .setModelVersion("v1")
                .setSlice(terms)
                .setSliceName(slice.toString())
                .setEffect(0.1)
                .setEffectLower(0.05)
                .setEffectUpper(0.15)
                .setSliceMean(0.3)
                .setLabelled(100)
                .setWindowStart(Instant.EPOCH)
                .setWindowEndExclusive(Instant.EPOCH)
                .setStartedAt(Instant.EPOCH)
                .setConfigurationHash("0")
                .setMessage("m")
                .setUpdatedAt(Instant.EPOCH)
                .build();
        return new SeenAlert(event, seconds);
    }
}
