package dev.lastmile.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a model to one input.
 *
 * @param deployment whose, and which use of a model
 * @param modelVersion the version that answered, as the customer names it
 * @param inferenceId unique within the deployment; joins the ground truth
 * @param occurredAtMs when the model answered, epoch milliseconds UTC
 * @param attributes what the customer declares about the input, such as {@code accent=scottish}; undeclared dimensions
 *     are ignored later
 * @param output what the model said
 * @param confidence the model's own probability of being right in [0,1], if it has one
 * @param sessionId the conversation or speaker this belongs to: inferences of one session are not independent
 * @param otherOutputs what other model versions said about the same input, by version
 */
public record Inference(
        DeploymentId deployment,
        String modelVersion,
        String inferenceId,
        long occurredAtMs,
        Map<String, String> attributes,
        Answer output,
        @Nullable Double confidence,
        @Nullable String sessionId,
        Map<String, Answer> otherOutputs) {

    public Inference {
        if (modelVersion.isEmpty()) {
            throw new IllegalArgumentException("modelVersion must not be empty");
        }
        if (inferenceId.isEmpty()) {
            throw new IllegalArgumentException("inferenceId must not be empty");
        }
        if (confidence != null && !(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be in [0, 1]: " + confidence);
        }
        attributes = Map.copyOf(attributes);
        otherOutputs = Map.copyOf(otherOutputs);
    }
}
