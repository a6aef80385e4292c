package dev.lastmile.schema.publisher;

import dev.lastmile.schema.ErrorCounts;
import dev.lastmile.schema.EventLimits;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Quantity;
import dev.lastmile.schema.Transcript;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses with {@link IllegalArgumentException} what the monitor would put into the dead letters for its fields alone. A
 * message names field, bound and number, and never the customer's text, so that it may be logged.
 */
final class EventCheck {

    private final String customer;

    EventCheck(String customer) {
        this.customer = customer;
    }

    void check(InferenceEvent event) {
        requireDeployment(event.getDeployment());
        requireVisible("model_version", event.getModelVersion(), EventLimits.MAX_MODEL_VERSION_LENGTH);
        requireVisible("inference_id", event.getInferenceId(), EventLimits.MAX_INFERENCE_ID_LENGTH);
        requirePresent("occurred_at", event.getOccurredAt());
        requireAttributes(event.getAttributes());
        if (event.getOutput() != null) {
            requireAnswer("output", event.getOutput());
        }
        Double confidence = event.getConfidence();
        require(
                confidence == null || (confidence >= 0 && confidence <= 1),
                "confidence must be in [0, 1]: " + confidence);
        if (event.getSessionId() != null) {
            requireVisible("session_id", event.getSessionId(), EventLimits.MAX_SESSION_ID_LENGTH);
        }
        requireOtherOutputs(event.getOtherOutputs());
        requireCustomer(event.getCustomer());
    }

    void check(GroundTruthEvent event) {
        requireDeployment(event.getDeployment());
        requireVisible("inference_id", event.getInferenceId(), EventLimits.MAX_INFERENCE_ID_LENGTH);
        requirePresent("observed_at", event.getObservedAt());
        requireAnswer("truth", event.getTruth());
        require(event.getRevision() >= 0, "revision must be >= 0: " + event.getRevision());
        requireCustomer(event.getCustomer());
    }

    private static void requireAnswer(String field, @Nullable Object answer) {
        if (answer instanceof Transcript transcript) {
            String text = requirePresent(field + ": text", transcript.getText());
            require(
                    text.length() <= EventLimits.MAX_TRANSCRIPT_LENGTH,
                    field + ": text must have at most " + EventLimits.MAX_TRANSCRIPT_LENGTH + " characters: "
                            + text.length());
        } else if (answer instanceof Label label) {
            requireVisible(field + ": label", label.getValue(), EventLimits.MAX_LABEL_LENGTH);
        } else if (answer instanceof Quantity quantity) {
            require(Double.isFinite(quantity.getValue()), field + ": quantity must be finite: " + quantity.getValue());
        } else if (answer instanceof ErrorCounts counts) {
            requireCount(field + ": errors", counts.getErrors());
            requireCount(field + ": trials", counts.getTrials());
        } else {
            throw new IllegalArgumentException(field + " must be a Transcript, Label, Quantity or ErrorCounts");
        }
    }

    private static void requireAttributes(@Nullable Map<String, String> optional) {
        Map<String, String> attributes = requirePresent("attributes", optional);
        requireAtMost("attributes", attributes.size(), EventLimits.MAX_ATTRIBUTES);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            requireVisible("name of an attribute", attribute.getKey(), EventLimits.MAX_DIMENSION_LENGTH);
            String value = requirePresent("value of an attribute", attribute.getValue());
            // An empty value is an undeclared one, which the monitor counts as unknown.
            if (!value.isEmpty()) {
                requireVisible("value of an attribute", value, EventLimits.MAX_VALUE_LENGTH);
            }
        }
    }

    private static void requireOtherOutputs(@Nullable Map<String, Object> optional) {
        Map<String, Object> outputs = requirePresent("other_outputs", optional);
        requireAtMost("other_outputs", outputs.size(), EventLimits.MAX_OTHER_OUTPUTS);
        for (Map.Entry<String, Object> output : outputs.entrySet()) {
            requireVisible("version in other_outputs", output.getKey(), EventLimits.MAX_MODEL_VERSION_LENGTH);
            requireAnswer("other_outputs", output.getValue());
        }
    }

    private static void requireDeployment(@Nullable String deployment) {
        require(
                deployment != null && EventLimits.isDeployment(deployment),
                "deployment must be 1 to 128 letters, digits, spaces or any of ._:@-, not blank and not starting with two"
                        + " underscores");
    }

    private static void requireVisible(String field, @Nullable String optional, int maxLength) {
        String text = requirePresent(field, optional);
        require(
                EventLimits.isVisible(text, maxLength),
                field + " must be 1 to " + maxLength + " characters without control characters: " + text.length());
    }

    private static void requireCount(String field, long count) {
        require(
                count >= 0 && count <= EventLimits.MAX_COUNT,
                field + " must be in [0, " + EventLimits.MAX_COUNT + "]: " + count);
    }

    private static void requireAtMost(String field, int size, int most) {
        require(size <= most, field + " must be at most " + most + ": " + size);
    }

    private void requireCustomer(@Nullable String named) {
        require(named == null || named.equals(customer), "customer must be absent or " + customer);
    }

    /** The all-arguments constructors of generated records let null through where the builders do not. */
    private static <T> T requirePresent(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " must be set");
        }
        return value;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
