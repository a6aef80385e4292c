package dev.lastmile.faults.traffic;

import dev.lastmile.faults.oracle.OracleInference;
import dev.lastmile.faults.oracle.OracleRecord;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.oracle.OracleTruth;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Topics;
import dev.lastmile.schema.Transcript;
import dev.lastmile.schema.TrustedRecords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The stream's records as a customer sends them. */
public final class Events {

    static {
        TrustedRecords.trust();
    }

    private Events() {}

    /** Where customers send it. */
    public static String topicOf(OracleRecord record) {
        return record instanceof OracleInference
                ? Topics.inferences(record.customer())
                : Topics.groundTruth(record.customer());
    }

    /** Its key. */
    public static byte[] keyOf(OracleRecord record) {
        return record.inferenceId().getBytes(StandardCharsets.UTF_8);
    }

    /** Its value, before it is serialized. */
    public static SpecificRecord eventOf(OracleRecord record) {
        if (record instanceof OracleInference inference) {
            return InferenceEvent.newBuilder()
                    .setDeployment(inference.deployment())
                    .setModelVersion(inference.modelVersion())
                    .setInferenceId(inference.inferenceId())
                    .setOccurredAt(Instant.ofEpochMilli(inference.occurredAtMs()))
                    .setAttributes(inference.attributes())
                    .setOutput(answer(inference.output(), inference.kind() == OracleInference.Kind.TRANSCRIPT))
                    .setConfidence(inference.confidence())
                    .setSessionId(inference.sessionId())
                    .build();
        } else if (record instanceof OracleTruth truth) {
            return GroundTruthEvent.newBuilder()
                    .setDeployment(truth.deployment())
                    .setInferenceId(truth.inferenceId())
                    .setObservedAt(Instant.ofEpochMilli(truth.observedAtMs()))
                    .setTruth(answer(truth.truth(), isOfWords(truth)))
                    .setRevision(truth.revision())
                    .build();
        }
        throw new IllegalArgumentException("no such record: " + record);
    }

    /** A truth does not say what it is; its deployment does. */
    private static boolean isOfWords(OracleTruth truth) {
        return OracleStream.policies().stream()
                .anyMatch(policy -> policy.metric().equals("word_error_rate")
                        && policy.customer().equals(truth.customer())
                        && policy.deployment().equals(truth.deployment()));
    }

    private static @Nullable Object answer(@Nullable String text, boolean isTranscript) {
        if (text == null) {
            return null;
        }
        return isTranscript ? new Transcript(text) : new Label(text);
    }
}
