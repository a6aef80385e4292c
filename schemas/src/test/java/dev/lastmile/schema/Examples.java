package dev.lastmile.schema;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** One full event of each kind. */
@NullMarked
public final class Examples {

    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00.123Z");

    static {
        TrustedRecords.trust();
    }

    private Examples() {}

    /** A builder, so that a test can set the one thing it is about. */
    public static InferenceEvent.Builder inference() {
        return InferenceEvent.newBuilder()
                .setDeployment("ward-7")
                .setModelVersion("2026.10")
                .setInferenceId("inf-1")
                .setOccurredAt(NOON)
                .setAttributes(Map.of("accent", "scottish", "noise", "imaging"))
                .setOutput(new Transcript("the left lung is clear"))
                .setConfidence(0.93)
                .setSessionId("session-9")
                .setOtherOutputs(Map.of("2026.09", new Transcript("the left lung is dear")));
    }

    public static GroundTruthEvent.Builder groundTruth() {
        return GroundTruthEvent.newBuilder()
                .setDeployment("ward-7")
                .setInferenceId("inf-1")
                .setObservedAt(NOON.plusSeconds(3_600))
                .setTruth(new Transcript("the left lung is clear"))
                .setRevision(1);
    }

    public static SliceStatisticsEvent statistics() {
        return SliceStatisticsEvent.newBuilder()
                .setCustomer("st-marys")
                .setDeployment("ward-7")
                .setMetric("word_error_rate")
                .setModelVersion("2026.10")
                .setSlice(List.of(new SliceTerm("noise", "imaging"), new SliceTerm("accent", "scottish")))
                .setSliceName("noise=imaging,accent=scottish")
                .setBucketStart(NOON)
                .setBucketEndExclusive(NOON.plusSeconds(3_600))
                .setInferences(40)
                .setLabelled(20)
                .setErrors(31)
                .setTrials(240)
                .setRatio(31 / 240.0)
                .setUpdatedAt(NOON.plusSeconds(7_200))
                .build();
    }

    public static AlertEvent alert() {
        return AlertEvent.newBuilder()
                .setAlertId("a-1")
                .setKind(AlertKind.DISPARATE_DEGRADATION)
                .setState(AlertStatus.FIRING)
                .setCustomer("st-marys")
                .setDeployment("ward-7")
                .setMetric("word_error_rate")
                .setModelVersion("2026.10")
                .setSlice(List.of(new SliceTerm("noise", "imaging"), new SliceTerm("accent", "scottish")))
                .setSliceName("noise=imaging,accent=scottish")
                .setEffect(0.14)
                .setEffectLower(0.08)
                .setEffectUpper(0.2)
                .setSliceMean(0.31)
                .setLabelled(212)
                .setBaselineSlice(List.of(new SliceTerm("accent", "scottish")))
                .setBaselineSliceName("accent=scottish")
                .setWindowStart(NOON)
                .setWindowEndExclusive(NOON.plusSeconds(3_600))
                .setStartedAt(NOON.plusSeconds(3_000))
                .setCompanions(List.of("noise=imaging"))
                .setInferenceWeight(0.5)
                .setNovelty(new Novelty(NOON, 0.2, List.of(new LabelsNeeded("noise=imaging", 143L, 200L))))
                .setConfigurationHash("c0ffee00")
                .setMessage("It got worse for one accent.")
                .setUpdatedAt(NOON.plusSeconds(3_000))
                .build();
    }

    public static DeadLetterEvent deadLetter() {
        return DeadLetterEvent.newBuilder()
                .setReason(DeadLetterReason.BAD_FRAME)
                .setCustomer("st-marys")
                .setSourceTopic(Topics.inferences("st-marys"))
                .setSourcePartition(3)
                .setSourceOffset(17)
                .setSourceTimestamp(NOON)
                .setPayload(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .setPayloadSize(3)
                .build();
    }
}
