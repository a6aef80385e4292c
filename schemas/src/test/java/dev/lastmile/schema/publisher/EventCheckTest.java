package dev.lastmile.schema.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.schema.ErrorCounts;
import dev.lastmile.schema.Examples;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Quantity;
import dev.lastmile.schema.Transcript;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventCheckTest {

    private static final String SECRET = "patient Smith";

    private final EventCheck check = new EventCheck("st-marys");

    static Stream<Arguments> badInferences() {
        return Stream.of(
                refused(Examples.inference().setDeployment(" "), "deployment must be 1 to 128"),
                refused(Examples.inference().setDeployment("__internal"), "deployment must be 1 to 128"),
                refused(Examples.inference().setDeployment(SECRET + "/x"), "deployment must be 1 to 128"),
                refused(Examples.inference().setModelVersion(""), "model_version must be 1 to 128 characters"),
                refused(Examples.inference().setInferenceId(""), "inference_id must be 1 to 256 characters"),
                refused(Examples.inference().setInferenceId("x".repeat(257)), "without control characters: 257"),
                refused(Examples.inference().setInferenceId(SECRET + "\n"), "inference_id must be 1 to 256 characters"),
                refused(Examples.inference().setConfidence(1.01), "confidence must be in [0, 1]: 1.01"),
                refused(Examples.inference().setConfidence(Double.NaN), "confidence must be in [0, 1]: NaN"),
                refused(Examples.inference().setSessionId(""), "session_id must be 1 to 256 characters"),
                refused(Examples.inference().setOutput(new Label("")), "output: label must be 1 to 256 characters"),
                refused(Examples.inference().setOutput(SECRET), "output must be a Transcript, Label, Quantity or"),
                refused(
                        Examples.inference().setOutput(new Transcript("x".repeat(20_001))),
                        "output: text must have at most 20000 characters: 20001"),
                refused(
                        Examples.inference().setOutput(new Quantity(Double.POSITIVE_INFINITY)),
                        "output: quantity must be finite: Infinity"),
                refused(
                        Examples.inference().setOutput(new ErrorCounts(-1L, 3L)),
                        "output: errors must be in [0, 100000]: -1"),
                refused(
                        Examples.inference().setOutput(new ErrorCounts(1L, 100_001L)),
                        "output: trials must be in [0, 100000]: 100001"),
                refused(Examples.inference().setAttributes(attributes(65)), "attributes must be at most 64: 65"),
                refused(Examples.inference().setAttributes(Map.of("", "x")), "name of an attribute must be 1 to 64"),
                refused(
                        Examples.inference().setAttributes(Map.of("accent", SECRET.repeat(10))),
                        "value of an attribute must be 1 to 64 characters without control characters: 130"),
                refused(
                        Examples.inference().setOtherOutputs(Map.of("", new Label("x"))),
                        "version in other_outputs must be 1 to 128"),
                refused(
                        Examples.inference().setOtherOutputs(Map.of("v0", new Quantity(Double.NaN))),
                        "other_outputs: quantity must be finite: NaN"),
                refused(Examples.inference().setCustomer("st-johns"), "customer must be absent or st-marys"));
    }

    static Stream<Arguments> badTruths() {
        return Stream.of(
                refused(Examples.groundTruth().setDeployment(""), "deployment must be 1 to 128"),
                refused(Examples.groundTruth().setInferenceId(""), "inference_id must be 1 to 256 characters"),
                refused(Examples.groundTruth().setRevision(-1), "revision must be >= 0: -1"),
                refused(
                        Examples.groundTruth().setTruth(new ErrorCounts(100_001L, 5L)),
                        "truth: errors must be in [0, 100000]: 100001"),
                refused(Examples.groundTruth().setTruth(SECRET), "truth must be a Transcript, Label, Quantity or"),
                refused(Examples.groundTruth().setCustomer(""), "customer must be absent or st-marys"));
    }

    @ParameterizedTest
    @MethodSource("badInferences")
    void anInferenceOutOfRangeIsRefusedByNameAndBound(InferenceEvent event, String message) {
        assertThatThrownBy(() -> check.check(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(SECRET));
    }

    @ParameterizedTest
    @MethodSource("badTruths")
    void aTruthOutOfRangeIsRefusedByNameAndBound(GroundTruthEvent event, String message) {
        assertThatThrownBy(() -> check.check(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(SECRET));
    }

    @Test
    void anEventMadeWithoutTheBuilderMayLackAFieldAndIsRefused() {
        Instant now = Instant.EPOCH;

        assertThatThrownBy(() -> check.check(new GroundTruthEvent("ward-7", "inf-1", now, null, 0, null)))
                .hasMessageContaining("truth must be");
        assertThatThrownBy(() -> check.check(new GroundTruthEvent("ward-7", null, now, new Label("x"), 0, null)))
                .hasMessage("inference_id must be set");
        GroundTruthEvent untimed = new GroundTruthEvent();
        untimed.put("deployment", "ward-7");
        untimed.put("inference_id", "inf-1");
        assertThatThrownBy(() -> check.check(untimed)).hasMessage("observed_at must be set");
        Map<String, String> hole = new HashMap<>();
        hole.put("accent", null);
        assertThatThrownBy(() ->
                        check.check(Examples.inference().setAttributes(hole).build()))
                .hasMessage("value of an attribute must be set");
    }

    @Test
    void whatTheContractAllowsIsAccepted() {
        assertThatCode(() -> {
                    check.check(Examples.inference().build());
                    check.check(Examples.inference().setOutput(null).build());
                    check.check(
                            Examples.inference().setOutput(new Transcript("")).build());
                    check.check(Examples.inference()
                            .setOutput(new ErrorCounts(9L, 0L))
                            .build());
                    check.check(Examples.inference()
                            .setConfidence(1.0)
                            .setCustomer("st-marys")
                            .build());
                    check.check(Examples.inference()
                            .setAttributes(Map.of("accent", ""))
                            .build());
                    check.check(
                            Examples.inference().setAttributes(attributes(64)).build());
                    check.check(Examples.groundTruth().build());
                })
                .doesNotThrowAnyException();
    }

    private static Arguments refused(InferenceEvent.Builder event, String message) {
        return Arguments.of(event.build(), message);
    }

    private static Arguments refused(GroundTruthEvent.Builder event, String message) {
        return Arguments.of(event.build(), message);
    }

    private static Map<String, String> attributes(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "dimension-" + i, i -> "x"));
    }
}
