package dev.lastmile.topology;

import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Transcript;
import dev.lastmile.score.Metric;
import dev.lastmile.score.Normalisation;
import dev.lastmile.score.Scorer;
import dev.lastmile.slice.Slicing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** Policies and events that tests start from. */
@NullMarked
final class Fixtures {

    static final String CUSTOMER = "st-marys";
    static final String WARD = "ward-7";
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    static final Duration HORIZON = Duration.ofDays(14);

    private Fixtures() {}

    static DeploymentPolicy policy(Metric metric, BaselinePlan baseline) {
        return new DeploymentPolicy(
                DeploymentPolicy.ANY,
                WARD,
                new Scorer(metric, Normalisation.DEFAULT, "yes", 1),
                new Slicing(List.of("accent", "noise"), List.of(List.of("noise", "accent"))),
                Duration.ofHours(1),
                HORIZON,
                true,
                baseline,
                DetectionSettings.DEFAULT,
                Limits.DEFAULT);
    }

    static DeploymentPolicy words() {
        return policy(Metric.WORD_ERROR_RATE, new BaselinePlan.None());
    }

    static InferenceEvent heard(String id, Instant at, Map<String, String> attributes, String text) {
        return InferenceEvent.newBuilder()
                .setDeployment(WARD)
                .setModelVersion("v1")
                .setInferenceId(id)
                .setOccurredAt(at)
                .setAttributes(attributes)
                .setOutput(new Transcript(text))
                .build();
    }

    static InferenceEvent labelled(String id, Instant at, Map<String, String> attributes, String label) {
        return InferenceEvent.newBuilder(heard(id, at, attributes, ""))
                .setOutput(new Label(label))
                .build();
    }

    static GroundTruthEvent said(String id, Instant at, String text, int revision) {
        return GroundTruthEvent.newBuilder()
                .setDeployment(WARD)
                .setInferenceId(id)
                .setObservedAt(at)
                .setTruth(new Transcript(text))
                .setRevision(revision)
                .build();
    }

    static GroundTruthEvent was(String id, Instant at, String label) {
        return GroundTruthEvent.newBuilder(said(id, at, "", 0))
                .setTruth(new Label(label))
                .build();
    }
}
