package dev.lastmile.detection;

import static dev.lastmile.detection.Scores.SCOTTISH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.score.Score;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BaselineLearningTest {

    private static Baseline frozen(BaselineLearning learning) {
        return learning.freeze(Baseline.Source.LEARNED, 0, 3_600_000, 7_200_000, 1);
    }

    private static SliceBaseline scottishIn(BaselineLearning learning) {
        return Objects.requireNonNull(frozen(learning).slices().get(SCOTTISH));
    }

    private static BaselineLearning learned() {
        BaselineLearning learning = new BaselineLearning();
        learning.add(Slice.OVERALL, Scores.counts(80, 20));
        learning.add(SCOTTISH, Scores.counts(6, 4));
        learning.add(SCOTTISH, Scores.counts(9, 1));
        return learning;
    }

    @Test
    void batchesAddUpToMeanAndVariance() {
        SliceBaseline scottish = scottishIn(learned());

        assertThat(learned().labelled()).isEqualTo(100);
        assertThat(scottish.labelled()).isEqualTo(20);
        assertThat(scottish.errors()).isEqualTo(5);
        assertThat(scottish.mean()).isEqualTo(0.25);
        assertThat(scottish.variance()).isCloseTo(0.1875, within(1e-12));
    }

    @Test
    void orderOfBatchesDoesNotMatter() {
        BaselineLearning reversed = new BaselineLearning();
        reversed.add(SCOTTISH, Scores.counts(9, 1));
        reversed.add(SCOTTISH, Scores.counts(6, 4));
        reversed.add(Slice.OVERALL, Scores.counts(80, 20));

        assertThat(frozen(reversed)).isEqualTo(frozen(learned()));
    }

    @Test
    void whatHasNoScoreIsLabelledButNotScored() {
        SliceCounts negatives = new SliceCounts();
        negatives.addReceived();
        negatives.addFirstLabel(Score.of(0, 0), 1_000);
        BaselineLearning learning = learned();

        learning.add(SCOTTISH, negatives);

        SliceBaseline scottish = scottishIn(learning);
        assertThat(scottish.labelled()).isEqualTo(21);
        assertThat(scottish.scored()).isEqualTo(20);
    }

    @Test
    void correctionsChangeErrorsButNotWhatIsBetOn() {
        SliceCounts correction = new SliceCounts();
        correction.correct(Score.of(1, 1), Score.of(0, 1));
        BaselineLearning learning = learned();

        learning.add(SCOTTISH, correction);

        SliceBaseline scottish = scottishIn(learning);
        assertThat(scottish.errors()).isEqualTo(4);
        assertThat(scottish.mean()).isEqualTo(0.25);
    }

    @Test
    void goesOnWhereItWasWritten() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        learned().writeTo(new DataOutputStream(bytes));
        BaselineLearning original = learned();

        BaselineLearning restored =
                BaselineLearning.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        restored.add(SCOTTISH, Scores.counts(1, 1));
        original.add(SCOTTISH, Scores.counts(1, 1));

        assertThat(frozen(restored)).isEqualTo(frozen(original));
    }
}
