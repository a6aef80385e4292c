package dev.lastmile.faults.fuzz.record;

import dev.lastmile.event.Answer;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.GroundTruth;
import dev.lastmile.event.Inference;
import dev.lastmile.faults.fuzz.record.Reading.Entries;
import dev.lastmile.faults.fuzz.record.Reading.Node;
import dev.lastmile.faults.fuzz.record.World.Fate;
import dev.lastmile.faults.fuzz.record.World.Watched;
import dev.lastmile.schema.EventLimits;
import dev.lastmile.schema.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringTokenizer;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What must become of a record, by what is promised to customers: which reason code, or which event. It rests on the record alone. What
 * the join may refuse later is not known here.
 */
public final class Judge {

    /** Larger ones are refused, key and value. */
    static final int MAX_RECORD_BYTES = 1_000_000;

    private static final int FRAME_BYTES = 5;
    private static final int MOST_ITEMS = 10_000;
    private static final int MOST_WORDS = 2_000;

    /** A text of so many characters cannot have more words than that, whatever a word is. */
    private static final int SURELY_SHORT = MOST_WORDS / 9;

    private static final long AHEAD_MS = Duration.ofMinutes(5).toMillis();

    private final World world;

    /**
     * What must become of it.
     *
     * @param reason the reason code; absent where it is accepted
     * @param event an inference or a ground truth; absent where it is refused
     * @param open whether it may be a {@code WRONG_ANSWER_TYPE} instead: how many words a text has depends on rules that are not
     *     repeated here
     */
    public record Verdict(@Nullable String reason, @Nullable Object event, boolean open) {}

    /** A field that no event may have. */
    private static final class OutOfRange extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Judges what is sent in that world. */
    public Judge(World world) {
        this.world = world;
    }

    /** The verdict on a record. */
    public Verdict on(RawRecord record) {
        byte[] key = record.key();
        byte[] value = record.value();
        if (key == null || value == null) {
            return refused("NULL_VALUE");
        }
        if (key.length + value.length > MAX_RECORD_BYTES) {
            return refused("TOO_LARGE");
        }
        if (value.length < FRAME_BYTES || value[0] != 0) {
            return refused("BAD_FRAME");
        }
        String topic = world.topics().get(record.topic());
        int id = ByteBuffer.wrap(value).getInt(1);
        Fate fate = world.fateOf(topic, id);
        return fate.refusal() == null ? onDatum(record, topic, fate.writer()) : refused(fate.refusal());
    }

    /** The verdict on a record whose schema is that and can be used. */
    public Verdict onDatum(RawRecord record, String topic, Schema writer) {
        byte[] value = Objects.requireNonNull(record.value());
        Node datum;
        try {
            datum = (Node) Objects.requireNonNull(Reading.of(writer, value, FRAME_BYTES));
        } catch (Wrong e) {
            return refused("BAD_AVRO");
        }
        boolean isInference = Topics.ALL_INFERENCES.matcher(topic).matches();
        for (Object field : datum.fields().values()) {
            if (field instanceof Entries entries && entries.written() > MOST_ITEMS && isRead(entries, datum)) {
                return refused("BAD_AVRO");
            }
        }
        String customer = Topics.customerOf(topic).orElseThrow();
        Object named = datum.fields().get("customer");
        if (named != null && !text(named).equals(customer)) {
            return refused("TENANT_MISMATCH");
        }
        try {
            return isInference
                    ? admitted(record, inference(customer, datum))
                    : admitted(record, truth(customer, datum));
        } catch (OutOfRange e) {
            return refused("VALUE_OUT_OF_RANGE");
        }
    }

    private static boolean isRead(Entries entries, Node datum) {
        return entries == datum.fields().get("attributes")
                || entries == datum.fields().get("other_outputs");
    }

    private static Verdict refused(String reason) {
        return new Verdict(reason, null, false);
    }

    private Verdict admitted(RawRecord record, Inference inference) {
        return admitted(
                record,
                inference.deployment(),
                inference.inferenceId(),
                inference.occurredAtMs(),
                inference.output(),
                inference);
    }

    private Verdict admitted(RawRecord record, GroundTruth truth) {
        return admitted(record, truth.deployment(), truth.inferenceId(), truth.observedAtMs(), truth.truth(), truth);
    }

    private Verdict admitted(
            RawRecord record, DeploymentId deployment, String id, long eventMs, Answer answer, Object event) {
        if (!Arrays.equals(record.key(), id.getBytes(StandardCharsets.UTF_8))) {
            return refused("KEY_MISMATCH");
        }
        Watched policy = null;
        for (Watched one : world.watched()) {
            if (policy == null && one.fits(deployment.customer(), deployment.deployment())) {
                policy = one;
            }
        }
        if (policy == null) {
            return refused("UNKNOWN_DEPLOYMENT");
        }
        if (!fits(policy.metric(), answer)) {
            return refused("WRONG_ANSWER_TYPE");
        }
        boolean open = isOpen(answer);
        if (eventMs < record.appendMs() - policy.maxAge().toMillis()) {
            return new Verdict("TIME_TOO_OLD", null, open);
        }
        if (eventMs > record.appendMs() + AHEAD_MS) {
            return new Verdict("TIME_FUTURE", null, open);
        }
        return new Verdict(null, event, open);
    }

    /** Words are told apart by rules of their own; of plain letters and blanks anybody can say how many there are. */
    private static boolean isOpen(Answer answer) {
        return answer instanceof Answer.Transcript transcript
                && transcript.text().length() > SURELY_SHORT
                && !transcript.text().matches("[a-z ]*");
    }

    private static boolean fits(String metric, Answer answer) {
        if (answer instanceof Answer.Nothing) {
            return true;
        }
        if (answer instanceof Answer.ErrorCounts counts) {
            return metric.equals("word_error_rate") || counts.errors() <= counts.trials();
        }
        return switch (metric) {
            case "word_error_rate" ->
                answer instanceof Answer.Transcript transcript
                        && (isOpen(answer) || new StringTokenizer(transcript.text()).countTokens() <= MOST_WORDS);
            case "absolute_error" -> answer instanceof Answer.Quantity;
            default -> answer instanceof Answer.Label;
        };
    }

    private static Inference inference(String customer, Node datum) throws OutOfRange {
        Map<String, String> attributes = new HashMap<>();
        if (datum.fields().get("attributes") instanceof Entries entries) {
            entries.entries().forEach((name, value) -> attributes.put(name, text(value)));
        }
        require(attributes.size() <= EventLimits.MAX_ATTRIBUTES);
        Map<String, Answer> others = new HashMap<>();
        if (datum.fields().get("other_outputs") instanceof Entries entries) {
            for (Map.Entry<String, @Nullable Object> other : entries.entries().entrySet()) {
                others.put(visible(other.getKey(), EventLimits.MAX_MODEL_VERSION_LENGTH), answer(other.getValue()));
            }
        }
        require(others.size() <= EventLimits.MAX_OTHER_OUTPUTS);
        Object confidence = datum.fields().get("confidence");
        require(confidence == null || (real(confidence) >= 0 && real(confidence) <= 1));
        Object session = datum.fields().get("session_id");
        return new Inference(
                deployment(customer, datum),
                visible(text(datum.fields().get("model_version")), EventLimits.MAX_MODEL_VERSION_LENGTH),
                visible(text(datum.fields().get("inference_id")), EventLimits.MAX_INFERENCE_ID_LENGTH),
                whole(datum.fields().get("occurred_at")),
                attributes,
                answer(datum.fields().get("output")),
                confidence == null ? null : (Double) real(confidence),
                session == null ? null : visible(text(session), EventLimits.MAX_SESSION_ID_LENGTH),
                others);
    }

    private static GroundTruth truth(String customer, Node datum) throws OutOfRange {
        Object revision = datum.fields().get("revision");
        require(revision == null || whole(revision) >= 0);
        return new GroundTruth(
                deployment(customer, datum),
                visible(text(datum.fields().get("inference_id")), EventLimits.MAX_INFERENCE_ID_LENGTH),
                whole(datum.fields().get("observed_at")),
                answer(datum.fields().get("truth")),
                revision == null ? 0 : (int) whole(revision));
    }

    private static DeploymentId deployment(String customer, Node datum) throws OutOfRange {
        String name = text(datum.fields().get("deployment"));
        require(EventLimits.isDeployment(name));
        return new DeploymentId(customer, name);
    }

    private static Answer answer(@Nullable Object datum) throws OutOfRange {
        if (!(datum instanceof Node node)) {
            return new Answer.Nothing();
        }
        switch (node.name()) {
            case "Transcript" -> {
                String text = text(node.fields().get("text"));
                require(text.length() <= EventLimits.MAX_TRANSCRIPT_LENGTH);
                return new Answer.Transcript(text);
            }
            case "Label" -> {
                return new Answer.Label(visible(text(node.fields().get("value")), EventLimits.MAX_LABEL_LENGTH));
            }
            case "Quantity" -> {
                double value = real(node.fields().get("value"));
                require(Double.isFinite(value));
                return new Answer.Quantity(value);
            }
            default -> {
                long errors = whole(node.fields().get("errors"));
                long trials = whole(node.fields().get("trials"));
                require(errors >= 0 && errors <= EventLimits.MAX_COUNT);
                require(trials >= 0 && trials <= EventLimits.MAX_COUNT);
                return new Answer.ErrorCounts(errors, trials);
            }
        }
    }

    private static String visible(String text, int maxLength) throws OutOfRange {
        require(EventLimits.isVisible(text, maxLength));
        return text;
    }

    private static void require(boolean holds) throws OutOfRange {
        if (!holds) {
            throw new OutOfRange();
        }
    }

    /** Bytes that are read as text need not be any: what is none is replaced. */
    private static String text(@Nullable Object datum) {
        return datum instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(datum);
    }

    private static long whole(@Nullable Object datum) {
        return ((Number) Objects.requireNonNull(datum)).longValue();
    }

    private static double real(@Nullable Object datum) {
        return ((Number) Objects.requireNonNull(datum)).doubleValue();
    }
}
