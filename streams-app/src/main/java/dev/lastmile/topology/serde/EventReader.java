package dev.lastmile.topology.serde;

import dev.lastmile.event.Answer;
import dev.lastmile.event.GroundTruth;
import dev.lastmile.event.Inference;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    private static final Map.Entry<String, String>[] NO_ATTRIBUTES = new Map.Entry[0];

    private EventReader() {}

    static Inference inference(String customer, GenericRecord datum, DeploymentIds deployments) {
        return new Inference(
                deployments.of(customer, datum.get(OfInference.DEPLOYMENT).toString()),
                visible(datum.get(OfInference.MODEL_VERSION).toString(), MAX_VERSION_LENGTH),
                visible(datum.get(OfInference.INFERENCE_ID).toString(), MAX_ID_LENGTH),
                (Long) datum.get(OfInference.OCCURRED_AT),
                attributes((Map<?, ?>) datum.get(OfInference.ATTRIBUTES)),
                answer(datum.get(OfInference.OUTPUT)),
                (Double) datum.get(OfInference.CONFIDENCE),
                optional(datum.get(OfInference.SESSION_ID)),
                otherOutputs((Map<?, ?>) datum.get(OfInference.OTHER_OUTPUTS)));
    }

    static GroundTruth groundTruth(String customer, GenericRecord datum, DeploymentIds deployments) {
        return new GroundTruth(
                deployments.of(customer, datum.get(OfTruth.DEPLOYMENT).toString()),
                visible(datum.get(OfTruth.INFERENCE_ID).toString(), MAX_ID_LENGTH),
                (Long) datum.get(OfTruth.OBSERVED_AT),
                answer(datum.get(OfTruth.TRUTH)),
                (Integer) datum.get(OfTruth.REVISION));
    }

    /** The customer a payload names, absent if it names none. */
    static @Nullable String namedCustomer(GenericRecord datum, boolean isInference) {
        Object customer = datum.get(isInference ? OfInference.CUSTOMER : OfTruth.CUSTOMER);
        return customer == null ? null : customer.toString();
    }

    /** Where the fields of an inference are: a look-up by name costs as much as the field itself. */
    private static final class OfInference {
        private static final int DEPLOYMENT = at("deployment");
        private static final int MODEL_VERSION = at("model_version");
        private static final int INFERENCE_ID = at("inference_id");
        private static final int OCCURRED_AT = at("occurred_at");
        private static final int ATTRIBUTES = at("attributes");
        private static final int OUTPUT = at("output");
        private static final int CONFIDENCE = at("confidence");
        private static final int SESSION_ID = at("session_id");
        private static final int OTHER_OUTPUTS = at("other_outputs");
        private static final int CUSTOMER = at("customer");

        private static int at(String field) {
            return InferenceEvent.getClassSchema().getField(field).pos();
        }
    }

    /** Where the fields of a ground truth are. */
    private static final class OfTruth {
        private static final int DEPLOYMENT = at("deployment");
        private static final int INFERENCE_ID = at("inference_id");
        private static final int OBSERVED_AT = at("observed_at");
        private static final int TRUTH = at("truth");
        private static final int REVISION = at("revision");
        private static final int CUSTOMER = at("customer");

        private static int at(String field) {
            return GroundTruthEvent.getClassSchema().getField(field).pos();
        }
    }

    private static String text(GenericRecord datum, String field) {
        return datum.get(field).toString();
    }

    private static @Nullable String optional(@Nullable Object value) {
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
        if (raw.isEmpty()) {
            return Map.of();
        }
        List<Map.Entry<String, String>> attributes = new ArrayList<>(raw.size());
        raw.forEach((name, value) -> attributes.add(Map.entry(name.toString(), value.toString())));
        // Immutable, so that the event keeps it as it is. Avro has made one of names that are equal.
        return Map.ofEntries(attributes.toArray(NO_ATTRIBUTES));
    }

    private static Map<String, Answer> otherOutputs(Map<?, ?> raw) {
        if (raw.size() > MAX_OTHER_OUTPUTS) {
            throw new IllegalArgumentException(
                    "other_outputs must be at most " + MAX_OTHER_OUTPUTS + ": " + raw.size());
        }
        if (raw.isEmpty()) {
            return Map.of();
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
