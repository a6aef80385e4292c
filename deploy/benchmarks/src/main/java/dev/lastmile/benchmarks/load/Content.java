package dev.lastmile.benchmarks.load;

import dev.lastmile.schema.ErrorCounts;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Transcript;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What customers say of an answer, and of what was right. */
public enum Content {
    /** One class out of two. */
    LABELS("error_rate") {
        @Override
        Object output(Answer answer) {
            return labelled(answer.wrong());
        }

        @Override
        Object truth(Answer answer, boolean wrong) {
            return labelled(answer.wrong() != wrong);
        }
    },
    /** Errors that the customer counted: one in thirty words, or none. */
    COUNTS("word_error_rate") {
        @Override
        @Nullable
        Object output(Answer answer) {
            return null;
        }

        @Override
        Object truth(Answer answer, boolean wrong) {
            return ErrorCounts.newBuilder()
                    .setErrors(wrong ? 1 : 0)
                    .setTrials(WORDS)
                    .build();
        }
    },
    /** Thirty words, of which one is wrong, or none. */
    TRANSCRIPTS("word_error_rate") {
        @Override
        Object output(Answer answer) {
            return transcript(words(answer));
        }

        @Override
        Object truth(Answer answer, boolean wrong) {
            String[] words = words(answer);
            if (wrong) {
                words[0] += "x";
            }
            return transcript(words);
        }
    };

    private static final int WORDS = 30;
    private static final Vocabulary VOCABULARY = new Vocabulary(new SplittableRandom(1), "");

    private final String metric;

    Content(String metric) {
        this.metric = metric;
    }

    /** By which it is measured, as policies name it: an answer that is wrong has one error. */
    public String metric() {
        return metric;
    }

    /** As tables show it. */
    public String label() {
        return switch (this) {
            case LABELS -> "labels";
            case COUNTS -> "counts";
            case TRANSCRIPTS -> "transcripts of " + WORDS + " words";
        };
    }

    /** What an inference carries; absent where the customer keeps it. */
    abstract @Nullable Object output(Answer answer);

    /** What a ground truth carries that says so about the answer. */
    abstract Object truth(Answer answer, boolean wrong);

    private static Label labelled(boolean second) {
        return Label.newBuilder().setValue(second ? "fraud" : "fine").build();
    }

    private static Transcript transcript(String[] words) {
        return Transcript.newBuilder().setText(String.join(" ", words)).build();
    }

    /** The same for the same id. */
    private static String[] words(Answer answer) {
        SplittableRandom random = new SplittableRandom(answer.id().hashCode());
        String[] words = new String[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = VOCABULARY.word(random);
        }
        return words;
    }
}
