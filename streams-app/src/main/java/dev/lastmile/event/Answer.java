package dev.lastmile.event;

/**
 * What a model said about one input, or what would have been right to say. Both sides of a score have the same shapes,
 * so that scoring is a function of two answers.
 */
public sealed interface Answer {

    /** How many characters of the customer's text it holds. */
    default int textLength() {
        return 0;
    }

    /** Recognised or spoken words; may be empty, as silence is. */
    record Transcript(String text) implements Answer {
        @Override
        public int textLength() {
            return text.length();
        }
    }

    /** One class out of a set, for example {@code "fraud"}. */
    record Label(String value) implements Answer {
        public Label {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("label must not be empty");
            }
        }

        @Override
        public int textLength() {
            return value.length();
        }
    }

    /** A finite number, for example a predicted price. */
    record Quantity(double value) implements Answer {
        public Quantity {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("quantity must be finite");
            }
        }
    }

    /**
     * Errors the customer counted, so that no text has to leave their house.
     *
     * @param errors errors made; may exceed {@code trials} (a transcript longer than its reference)
     * @param trials chances to err; 0 for an empty reference
     */
    record ErrorCounts(long errors, long trials) implements Answer {
        /** Above this a count is refused: the squares of 900 million such counts still sum to a long. */
        public static final long MAX_COUNT = 100_000;

        public ErrorCounts {
            if (errors < 0 || errors > MAX_COUNT) {
                throw new IllegalArgumentException("errors must be in [0, " + MAX_COUNT + "]: " + errors);
            }
            if (trials < 0 || trials > MAX_COUNT) {
                throw new IllegalArgumentException("trials must be in [0, " + MAX_COUNT + "]: " + trials);
            }
        }
    }

    /** The output stays with the customer; the ground truth will carry counts. */
    record Nothing() implements Answer {}
}
