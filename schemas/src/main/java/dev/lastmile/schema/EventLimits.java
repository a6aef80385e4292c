package dev.lastmile.schema;

import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * What the fields of the two input events may hold, as their docs say. The publisher refuses the rest before sending, the
 * monitor after receiving. Lengths are in UTF-16 code units. A limit may grow; one that shrinks breaks a customer.
 */
@NullMarked
public final class EventLimits {

    /** Of an inference's id. */
    public static final int MAX_INFERENCE_ID_LENGTH = 256;

    /** Of the name of a model version. */
    public static final int MAX_MODEL_VERSION_LENGTH = 128;

    /** Of a session's id. */
    public static final int MAX_SESSION_ID_LENGTH = 256;

    /** Of a label. */
    public static final int MAX_LABEL_LENGTH = 256;

    /** Of a transcript. */
    public static final int MAX_TRANSCRIPT_LENGTH = 20_000;

    /** How many attributes an inference may carry. */
    public static final int MAX_ATTRIBUTES = 64;

    /** Of an attribute's name, that is a dimension. */
    public static final int MAX_DIMENSION_LENGTH = 64;

    /** Of an attribute's value; the monitor accepts a longer one, but counts it as {@code __invalid__}. */
    public static final int MAX_VALUE_LENGTH = 64;

    /** How many other model versions may have answered too. */
    public static final int MAX_OTHER_OUTPUTS = 8;

    /** Of errors and of trials in {@link ErrorCounts}. */
    public static final long MAX_COUNT = 100_000;

    private static final Pattern DEPLOYMENT = Pattern.compile("[\\p{L}\\p{N}._:@ -]{1,128}");

    private EventLimits() {}

    /** Whether a customer may name a deployment so: names with two leading underscores are kept for the monitor. */
    public static boolean isDeployment(String text) {
        return DEPLOYMENT.matcher(text).matches() && !text.isBlank() && !text.startsWith("__");
    }

    /** Whether the text has 1 to {@code maxLength} characters and none of them controls. */
    public static boolean isVisible(String text, int maxLength) {
        return !text.isEmpty()
                && text.length() <= maxLength
                && text.codePoints().noneMatch(Character::isISOControl);
    }
}
