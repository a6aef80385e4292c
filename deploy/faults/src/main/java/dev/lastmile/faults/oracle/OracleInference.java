package dev.lastmile.faults.oracle;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a model. Two are the same if every component is equal.
 *
 * @param occurredAtMs epoch milliseconds UTC
 * @param attributes declared and undeclared ones
 * @param output a transcript or a label; null exactly for {@link Kind#NOTHING}
 * @param kind the shape of the output
 * @param confidence in [0,1], or null
 * @param sessionId or null
 */
public record OracleInference(
        String customer,
        String deployment,
        String modelVersion,
        String inferenceId,
        long occurredAtMs,
        Map<String, String> attributes,
        @Nullable String output,
        Kind kind,
        @Nullable Double confidence,
        @Nullable String sessionId)
        implements OracleRecord {

    /** The shapes of output that this program knows. */
    public enum Kind {
        TRANSCRIPT,
        LABEL,
        NOTHING
    }

    public OracleInference {
        if ((output == null) != (kind == Kind.NOTHING)) {
            throw new IllegalArgumentException("output does not fit " + kind + ": " + output);
        }
        attributes = Map.copyOf(attributes);
    }

    @Override
    public long ownTimeMs() {
        return occurredAtMs;
    }
}
