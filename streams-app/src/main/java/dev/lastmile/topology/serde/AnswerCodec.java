package dev.lastmile.topology.serde;

import dev.lastmile.event.Answer;
import org.jspecify.annotations.Nullable;

/** One octet for the kind of answer, then its fields. */
final class AnswerCodec {

    private static final int ABSENT = 0;
    private static final int TRANSCRIPT = 1;
    private static final int LABEL = 2;
    private static final int QUANTITY = 3;
    private static final int ERROR_COUNTS = 4;
    private static final int NOTHING = 5;

    private AnswerCodec() {}

    static void write(@Nullable Answer answer, ByteWriter out) {
        if (answer == null) {
            out.octet(ABSENT);
        } else if (answer instanceof Answer.Transcript transcript) {
            out.octet(TRANSCRIPT).text(transcript.text());
        } else if (answer instanceof Answer.Label label) {
            out.octet(LABEL).text(label.value());
        } else if (answer instanceof Answer.Quantity quantity) {
            out.octet(QUANTITY).fixed(Double.doubleToLongBits(quantity.value()));
        } else if (answer instanceof Answer.ErrorCounts counts) {
            out.octet(ERROR_COUNTS).number(counts.errors()).number(counts.trials());
        } else {
            out.octet(NOTHING);
        }
    }

    static @Nullable Answer read(ByteReader in) {
        int kind = in.octet();
        return switch (kind) {
            case ABSENT -> null;
            case TRANSCRIPT -> new Answer.Transcript(in.text());
            case LABEL -> new Answer.Label(in.text());
            case QUANTITY -> new Answer.Quantity(Double.longBitsToDouble(in.fixed()));
            case ERROR_COUNTS -> new Answer.ErrorCounts(in.number(), in.number());
            case NOTHING -> new Answer.Nothing();
            default -> throw new IllegalStateException("unknown kind of answer: " + kind);
        };
    }
}
