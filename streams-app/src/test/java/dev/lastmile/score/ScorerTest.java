package dev.lastmile.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lastmile.event.Answer;
import dev.lastmile.event.Answer.ErrorCounts;
import dev.lastmile.event.Answer.Label;
import dev.lastmile.event.Answer.Nothing;
import dev.lastmile.event.Answer.Quantity;
import dev.lastmile.event.Answer.Transcript;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScorerTest {

    private static final Scorer WER = scorer(Metric.WORD_ERROR_RATE);
    private static final List<Answer> ONE_OF_EACH_SHAPE =
            List.of(new Transcript("a b"), new Label("a"), new Quantity(1), new ErrorCounts(1, 2), new Nothing());

    @Test
    void wordErrorRateCountsEditsByKindOverReferenceWords() {
        assertThat(WER.score(new Transcript("A dock ran off quickly"), new Transcript("the duck ran quickly.")))
                .contains(new Score(3, 4, 2, 0, 1, false));
    }

    @Test
    void anEmptyReferenceHasNoTrialsAndIsMarked() {
        assertThat(WER.score(new Transcript("well hello"), new Transcript(" ... ")))
                .contains(new Score(2, 0, 0, 0, 2, true));
        assertThat(WER.score(new Transcript(""), new Transcript(""))).contains(new Score(0, 0, 0, 0, 0, true));
        assertThat(WER.score(new Nothing(), new ErrorCounts(2, 0))).contains(new Score(2, 0, 0, 0, 2, true));
    }

    @Test
    void anEmptyOutputLacksEveryWord() {
        assertThat(WER.score(new Transcript(""), new Transcript("stay calm")))
                .contains(new Score(2, 2, 0, 2, 0, false));
    }

    @ParameterizedTest
    @CsvSource({"cat, cat, 0", "cat, dog, 1", "cat, Cat, 1", "cat, 'cat ', 1"})
    void errorRateComparesLabelsExactly(String output, String truth, long errors) {
        assertThat(scorer(Metric.ERROR_RATE).score(new Label(output), new Label(truth)))
                .contains(Score.of(errors, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "fraud, fraud, 0, 0, 0, 1",
        "fraud, fine,  1, 1, 0, 0",
        "fine,  fraud, 0, 0, 1, 1",
        "fine,  fine,  0, 1, 0, 0",
        "odd,   fine,  0, 1, 0, 0",
        "odd,   fraud, 0, 0, 1, 1",
    })
    void falsePositivesAreOverNegativesAndFalseNegativesOverPositives(
            String output, String truth, long fpErrors, long fpTrials, long fnErrors, long fnTrials) {
        Scorer falsePositives = new Scorer(Metric.FALSE_POSITIVE_RATE, Normalisation.DEFAULT, "fraud", 0);
        Scorer falseNegatives = new Scorer(Metric.FALSE_NEGATIVE_RATE, Normalisation.DEFAULT, "fraud", 0);

        assertThat(falsePositives.score(new Label(output), new Label(truth))).contains(Score.of(fpErrors, fpTrials));
        assertThat(falseNegatives.score(new Label(output), new Label(truth))).contains(Score.of(fnErrors, fnTrials));
    }

    @ParameterizedTest
    @CsvSource({
        "10, 10, 0",
        "10, 11, 25000",
        "11, 10, 25000",
        "10, 14, 100000",
        "10, 99, 100000",
        "0, 0.00001, 0",
        "0, 0.00002, 1", // half a unit, upwards
        "-1.7e308, 1.7e308, 100000",
    })
    void absoluteErrorIsAShareOfTheScaleAndClipped(double output, double truth, long errors) {
        Scorer scorer = new Scorer(Metric.ABSOLUTE_ERROR, Normalisation.DEFAULT, null, 4);

        assertThat(scorer.score(new Quantity(output), new Quantity(truth))).contains(Score.of(errors, 100_000));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void countsAsTruthAreTheScoreWhateverTheOutput(Metric metric) {
        for (Answer output : ONE_OF_EACH_SHAPE) {
            assertThat(scorer(metric).score(output, new ErrorCounts(3, 7))).contains(Score.of(3, 7));
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void countsOfAnInferenceScoreThemselves(Metric metric) {
        assertThat(scorer(metric).selfScored(new ErrorCounts(3, 7))).isEqualTo(Score.of(3, 7));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void onlyTheMetricsOwnShapeCountsAndSilenceAreAcceptable(Metric metric) {
        Class<? extends Answer> own =
                switch (metric) {
                    case WORD_ERROR_RATE -> Transcript.class;
                    case ERROR_RATE, FALSE_POSITIVE_RATE, FALSE_NEGATIVE_RATE -> Label.class;
                    case ABSOLUTE_ERROR -> Quantity.class;
                };
        for (Answer answer : ONE_OF_EACH_SHAPE) {
            boolean expected = own.isInstance(answer) || answer instanceof ErrorCounts;

            assertThat(scorer(metric).acceptsTruth(answer))
                    .as("truth %s", answer)
                    .isEqualTo(expected);
            assertThat(scorer(metric).accepts(answer))
                    .as("output %s", answer)
                    .isEqualTo(expected || answer instanceof Nothing);
        }
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void aPairOfDifferentShapesHasNoScore(Metric metric) {
        for (Answer output : ONE_OF_EACH_SHAPE) {
            for (Answer truth : ONE_OF_EACH_SHAPE) {
                boolean scored = truth instanceof ErrorCounts
                        || (output.getClass() == truth.getClass()
                                && scorer(metric).acceptsTruth(truth));

                assertThat(scorer(metric).score(output, truth).isPresent())
                        .as("%s, %s", output, truth)
                        .isEqualTo(scored);
            }
        }
    }

    @Test
    void onlyWordEditsMayExceedTheirTrials() {
        assertThat(WER.acceptsTruth(new ErrorCounts(3, 2))).isTrue();
        assertThat(scorer(Metric.ERROR_RATE).acceptsTruth(new ErrorCounts(3, 2)))
                .isFalse();
        assertThat(scorer(Metric.ERROR_RATE).accepts(new ErrorCounts(3, 2))).isFalse();
        assertThat(scorer(Metric.ERROR_RATE).score(new Label("a"), new ErrorCounts(3, 2)))
                .isEmpty();
    }

    @Test
    void aTranscriptOfTooManyWordsIsRefusedAndNeverScored() {
        Transcript longest = new Transcript("a ".repeat(WordAlignment.MAX_WORDS));
        Transcript tooLong = new Transcript("a ".repeat(WordAlignment.MAX_WORDS + 1));

        assertThat(WER.accepts(longest)).isTrue();
        assertThat(WER.accepts(tooLong)).isFalse();
        assertThat(WER.acceptsTruth(tooLong)).isFalse();
        assertThat(WER.score(tooLong, new Transcript("a"))).isEqualTo(Optional.empty());
        assertThat(WER.score(new Transcript("a"), tooLong)).isEqualTo(Optional.empty());
    }

    @Test
    void textsShortEnoughToSkipCountingHaveFewEnoughWords() {
        // U+FDFA grows most under compatibility normalisation: eighteen characters of one, four words.
        Normalisation compatible = new Normalisation(Normalisation.Form.NFKC, true, "");

        assertThat(compatible.words("\ufdfa".repeat(WordAlignment.MAX_WORDS / 9)))
                .hasSizeLessThanOrEqualTo(WordAlignment.MAX_WORDS);
        assertThat(compatible.words("\u0130".repeat(WordAlignment.MAX_WORDS / 9)))
                .hasSizeLessThanOrEqualTo(WordAlignment.MAX_WORDS);
    }

    @Test
    void ratesOfOneClassNeedToKnowWhichOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scorer(Metric.FALSE_POSITIVE_RATE, Normalisation.DEFAULT, null, 1))
                .withMessage("positiveLabel must be given for false_positive_rate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scorer(Metric.FALSE_NEGATIVE_RATE, Normalisation.DEFAULT, "", 1))
                .withMessage("positiveLabel must be given for false_negative_rate");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void absoluteErrorNeedsAScale(double scale) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scorer(Metric.ABSOLUTE_ERROR, Normalisation.DEFAULT, null, scale))
                .withMessage("scale must be > 0 and finite: " + scale);
    }

    private static Scorer scorer(Metric metric) {
        return new Scorer(metric, Normalisation.DEFAULT, "fraud", 4);
    }
}
