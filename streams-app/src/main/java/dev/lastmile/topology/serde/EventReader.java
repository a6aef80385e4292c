package dev.lastmile.topology.serde;

import dev.lastmile.event.Answer;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.GroundTruth;
import dev.lastmile.event.Inference;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns a decoded datum of our contract into an event, checking every field: one flipped bit in six still decodes.
 * Anything wrong is an {@link IllegalArgumentException}, which the caller turns into a reason code.
 */
final class EventReader {

    private static final int MAX_ID_LENGTH = 256;
    private static final int MAX_VERSION_LENGTH = 128;
    private static final int MAX_ATTRIBUTES = 64;
    private static final int MAX_TEXT_LENGTH = 20_000;
    private static final int MAX_OTHER_OUTPUTS = 8;

    private EventReader() {}

    static Inference inference(String customer, GenericRecord datum) {
        return new Inference(
                deployment(customer, datum),
                visible(text(datum, "model_version"), MAX_VERSION_LENGTH),
                visible(text(datum, "inference_id"), MAX_ID_LENGTH),
                (Long) datum.get("occurred_at"),
                attributes((Map<?, ?>) datum.get("attributes")),
                answer(datum.get("output")),
                (Double) datum.get("confidence"),
                optional(datum, "session_id"),
                otherOutputs((Map<?, ?>) datum.get("other_outputs")));
    }

    static GroundTruth groundTruth(String customer, GenericRecord datum) {
        return new GroundTruth(
                deployment(customer, datum),
                visible(text(datum, "inference_id"), MAX_ID_LENGTH),
                (Long) datum.get("observed_at"),
                answer(datum.get("truth")),
                (Integer) datum.get("revision"));
    }

    /** The customer a payload names, absent if it names none. */
    static @Nullable String namedCustomer(GenericRecord datum) {
        Object customer = datum.get("customer");
        return customer == null ? null : customer.toString();
    }

    static boolean isReserved(String deployment) {
        return deployment.startsWith("__");
    }

    private static DeploymentId deployment(String customer, GenericRecord datum) {
        String deployment = text(datum, "deployment");
        if (isReserved(deployment)) {
            throw new IllegalArgumentException("deployment must not start with two underscores");
        }
        return new DeploymentId(customer, deployment);
    }

    private static String text(GenericRecord datum, String field) {
        return datum.get(field).toString();
    }

    private static @Nullable String optional(GenericRecord datum, String field) {
        Object value = datum.get(field);
        return value == null ? null : visible(value.toString(), MAX_ID_LENGTH);
    }

    private static String visible(String text, int maxLength) {
        if (text.isEmpty() || text.length() > maxLength) {
            throw new IllegalArgumentException("length must be in [1, " + maxLength + "]: " + text.length());
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException("text must not hold control characters");
            }
        }
        return text;
    }

    private static Map<String, String> attributes(Map<?, ?> raw) {
        if (raw.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException("attributes must be at most " + MAX_ATTRIBUTES + ": " + raw.size());
        }
        Map<String, String> attributes = new HashMap<>();
        raw.forEach((name, value) -> attributes.put(name.toString(), value.toString()));
        return attributes;
    }

    private static Map<String, Answer> otherOutputs(Map<?, ?> raw) {
        if (raw.size() > MAX_OTHER_OUTPUTS) {
            throw new IllegalArgumentException(
                    "other_outputs must be at most " + MAX_OTHER_OUTPUTS + ": " + raw.size());
        }
        Map<String, Answer> outputs = new HashMap<>();
        raw.forEach((version, value) -> outputs.put(visible(version.toString(), MAX_VERSION_LENGTH), answer(value)));
        return outputs;
    }

    private static Answer answer(@Nullable Object datum) {
        if (!(datum instanceof GenericRecord branch)) {
            return new Answer.Nothing();
        }
        String kind = branch.getSchema().getName();
        return switch (kind) {
            case "Transcript" -> new Answer.Transcript(bounded(text(branch, "text"), MAX_TEXT_LENGTH));
            case "Label" -> new Answer.Label(visible(text(branch, "value"), MAX_ID_LENGTH));
            case "Quantity" -> new Answer.Quantity((Double) branch.get("value"));
            case "ErrorCounts" -> new Answer.ErrorCounts((Long) branch.get("errors"), (Long) branch.get("trials"));
            default -> throw new IllegalArgumentException("no such kind of answer: " + kind);
        };
    }

    private static String bounded(String text, int maxLength) {
        if (text.length() > maxLength) {
            throw new IllegalArgumentException("text must be at most " + maxLength + " long: " + text.length());
        }
        return text;
    }
}
