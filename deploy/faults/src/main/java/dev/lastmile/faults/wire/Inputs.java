package dev.lastmile.faults.wire;

import dev.lastmile.faults.oracle.OracleInference;
import dev.lastmile.faults.oracle.OracleInference.Kind;
import dev.lastmile.faults.oracle.OracleTruth;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What customers send, as far as the batch program knows it: words and labels, no other outputs. */
public final class Inputs {

    private static final int OUTPUTS = 5;
    private static final int TRUTHS = 4;

    private Inputs() {}

    /** From the value of a record of a customer's inferences. */
    public static OracleInference inference(String customer, byte @Nullable [] value) throws Malformed {
        Datum in = Datum.in(value);
        String deployment = in.text();
        String version = in.text();
        String id = in.text();
        long occurredAtMs = in.number();
        Map<String, String> attributes = in.texts();
        Kind kind =
                switch (in.choice(OUTPUTS)) {
                    case 0 -> Kind.NOTHING;
                    case 1 -> Kind.TRANSCRIPT;
                    case 2 -> Kind.LABEL;
                    default -> throw new IllegalArgumentException("an output that is not sent here");
                };
        String output = kind == Kind.NOTHING ? null : in.text();
        Double confidence = in.optionalReal();
        String session = in.optionalText();
        in.each(() -> {
            throw new IllegalArgumentException("other outputs are not sent here");
        });
        in.optionalText();
        in.end();
        return new OracleInference(
                customer, deployment, version, id, occurredAtMs, attributes, output, kind, confidence, session);
    }

    /** From the value of a record of a customer's ground truths. */
    public static OracleTruth truth(String customer, byte @Nullable [] value) throws Malformed {
        Datum in = Datum.in(value);
        String deployment = in.text();
        String id = in.text();
        long observedAtMs = in.number();
        if (in.choice(TRUTHS) > 1) {
            throw new IllegalArgumentException("a truth that is not sent here");
        }
        String truth = in.text();
        int revision = (int) in.number();
        in.optionalText();
        in.end();
        return new OracleTruth(customer, deployment, id, observedAtMs, truth, revision);
    }
}
