package dev.lastmile.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ContentTest {

    private static final Answer ANSWER = new Answer("i-1", 0, List.of(0, 0, 0, 0), true, false, 0);

    private static String text(Object transcript) {
        return ((dev.lastmile.schema.Transcript) transcript).getText();
    }

    @Test
    void wrongTranscriptHasOneErrorInThirtyWordsAndARightOneNone() {
        String output = text(Objects.requireNonNull(Content.TRANSCRIPTS.output(ANSWER)));

        String[] words = output.split(" ", -1);
        String[] truth = text(Content.TRANSCRIPTS.truth(ANSWER, true)).split(" ", -1);
        assertThat(words).hasSize(30);
        assertThat(truth).hasSize(30);
        assertThat(truth[0]).isNotEqualTo(words[0]);
        assertThat(List.of(truth).subList(1, 30)).isEqualTo(List.of(words).subList(1, 30));
        assertThat(text(Content.TRANSCRIPTS.truth(ANSWER, false))).isEqualTo(output);
    }

    @Test
    void labelsDifferWhereTheAnswerIsWrong() {
        assertThat(Content.LABELS.truth(ANSWER, true)).isNotEqualTo(Content.LABELS.output(ANSWER));
        assertThat(Content.LABELS.truth(ANSWER, false)).isEqualTo(Content.LABELS.output(ANSWER));
    }

    @Test
    void ofCountsTheCustomerKeepsTheOutput() {
        assertThat(Content.COUNTS.output(ANSWER)).isNull();
    }
}
