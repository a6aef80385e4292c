package dev.lastmile.topology;

import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.WARD;
import static dev.lastmile.topology.Fixtures.heard;
import static dev.lastmile.topology.Fixtures.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.event.Disposition;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deployments that a customer invents. */
@NullMarked
class EnrolmentFlowTest {

    private static final String OTHER = "mercy";
    private static final Duration ALL_OVER = Fixtures.HORIZON.plus(Duration.ofDays(9));

    private final MonitorHarness monitor =
            new MonitorHarness(new Policies(List.of(Fixtures.words(), invented(Fixtures.words())), 2));

    /** The same for whatever the customer calls its deployments. */
    static DeploymentPolicy invented(DeploymentPolicy named) {
        return new DeploymentPolicy(
                named.customer(),
                DeploymentPolicy.ANY,
                named.scorer(),
                named.slicing(),
                named.bucket(),
                named.horizon(),
                named.corrections(),
                named.baseline(),
                named.detection(),
                named.limits());
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    /** An inference and its ground truth. */
    private void pair(String customer, String deployment, Instant at) {
        String id = deployment + " at " + at;
        monitor.send(
                customer,
                InferenceEvent.newBuilder(heard(id, at, Map.of(), "a b"))
                        .setDeployment(deployment)
                        .build());
        monitor.send(
                customer,
                GroundTruthEvent.newBuilder(said(id, at, "a c", 0))
                        .setDeployment(deployment)
                        .build());
    }

    private List<String> reasons(String customer) {
        return monitor.read(Topics.deadLetters(customer)).stream()
                .map(letter -> letter.getValue().get("reason") + " "
                        + letter.getValue().get("inference_id"))
                .toList();
    }

    private long joined(String customer, String deployment) {
        return monitor.snapshot(customer, deployment).ledger().get(Disposition.TRUTH_JOINED);
    }

    @Test
    void whoComesFirstIsCountedAndTheRestIsPutAway() {
        for (String deployment : List.of("a", "b", "c", "a")) {
            pair(CUSTOMER, deployment, NOON.plusSeconds(deployment.equals("a") ? 1 : 0));
        }
        pair(CUSTOMER, "b", NOON.plusSeconds(2));
        monitor.settle();

        assertThat(reasons(CUSTOMER))
                .containsExactly("TOO_MANY_DEPLOYMENTS c at " + NOON, "TOO_MANY_DEPLOYMENTS c at " + NOON);
        assertThat(joined(CUSTOMER, "b")).isEqualTo(2);
        assertThat(monitor.snapshot(CUSTOMER, Delta.UNATTRIBUTED).deadLetters())
                .containsExactlyInAnyOrderEntriesOf(Map.of("TOO_MANY_DEPLOYMENTS", 2L));
    }

    @Test
    void whomAPolicyNamesTakesNoPlaceAndACustomerTakesNoneOfAnother() {
        for (String deployment : List.of("a", "b", WARD)) {
            pair(CUSTOMER, deployment, NOON);
            pair(OTHER, deployment, NOON);
        }
        monitor.settle();

        assertThat(reasons(CUSTOMER)).isEmpty();
        assertThat(reasons(OTHER)).isEmpty();
        assertThat(joined(CUSTOMER, WARD)).isEqualTo(1);
        assertThat(joined(OTHER, "b")).isEqualTo(1);
    }

    @Test
    void aRefusedRecordMakesNoDeploymentBeyondTheLimitEither() {
        pair(CUSTOMER, "a", NOON);
        pair(CUSTOMER, "b", NOON);
        monitor.send(
                CUSTOMER,
                InferenceEvent.newBuilder(heard("old", NOON.minus(Duration.ofDays(8)), Map.of(), "a"))
                        .setDeployment("c")
                        .build(),
                NOON);
        monitor.settle();

        assertThat(reasons(CUSTOMER)).containsExactly("TIME_TOO_OLD old");
        assertThat(monitor.snapshot(CUSTOMER, Delta.UNATTRIBUTED).deadLetters())
                .containsExactlyInAnyOrderEntriesOf(Map.of("TIME_TOO_OLD", 1L));
    }

    @Test
    void aRefusedRecordOfADeploymentThatNoPolicyIsForMakesNoneEither() {
        try (MonitorHarness strict = new MonitorHarness(Fixtures.words())) {
            strict.sendRaw(
                    Topics.inferences(CUSTOMER),
                    "another key",
                    strict.serialized(
                            Topics.inferences(CUSTOMER),
                            InferenceEvent.newBuilder(heard("i", NOON, Map.of(), "a"))
                                    .setDeployment("invented")
                                    .build()),
                    NOON);
            strict.settle();

            assertThat(strict.snapshot(CUSTOMER, Delta.UNATTRIBUTED).deadLetters())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("KEY_MISMATCH", 1L));
        }
    }

    @Test
    void aPlaceIsFreeWhenNothingOfADeploymentCanWaitAnyMore() {
        pair(CUSTOMER, "a", NOON);
        pair(CUSTOMER, "b", NOON);
        Instant later = NOON.plus(ALL_OVER);
        pair(CUSTOMER, "a", later);
        monitor.pass(Duration.ofHours(1));
        pair(CUSTOMER, "a", later.plusSeconds(1));
        monitor.pass(Duration.ofHours(1));
        pair(CUSTOMER, "c", later.plusSeconds(2));
        pair(CUSTOMER, "d", later.plusSeconds(2));
        monitor.settle();

        assertThat(reasons(CUSTOMER))
                .allMatch(reason -> reason.contains(" d at "))
                .hasSize(2);
        assertThat(joined(CUSTOMER, "c")).isEqualTo(1);
    }
}
