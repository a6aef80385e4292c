package dev.lastmile.score;

import dev.lastmile.event.Answer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How wrong an output was, in the one metric of a deployment. A function of two answers: no state, no time.
 *
 * <table>
 *   <caption>Errors and trials, where both answers have the metric's own shape</caption>
 *   <tr><th>metric</th><th>answers</th><th>errors</th><th>trials</th></tr>
 *   <tr><td>word error rate</td><td>transcripts</td><td>fewest word edits</td><td>words of the truth</td></tr>
 *   <tr><td>error rate</td><td>labels</td><td>1 if they differ in any character</td><td>1</td></tr>
 *   <tr><td>false positive rate</td><td>labels</td><td>1 if the output is the positive label and the truth is not</td>
 *       <td>1 if the truth is not the positive label</td></tr>
 *   <tr><td>false negative rate</td><td>labels</td><td>1 if the truth is the positive label and the output is not</td>
 *       <td>1 if the truth is the positive label</td></tr>
 *   <tr><td>absolute error</td><td>quantities</td><td>{@code round(100,000·min(|output−truth|/scale, 1))}, halves up</td>
 *       <td>100,000</td></tr>
 * </table>
 *
 * <p>Counts that the customer sends as truth are the score, whatever the output was; for the absolute error they are in
 * units of 10⁻⁵ as well. Counts sent with the inference itself need no truth: {@link #selfScored}.
 */
public final class Scorer {

    /**
     * No text of so few characters has more than {@link WordAlignment#MAX_WORDS} words: compatibility normalisation makes
     * at most 18 characters of one, and every second character separates words at best.
     */
    private static final int SURELY_SHORT = WordAlignment.MAX_WORDS / 9;

    private final Metric metric;
    private final Normalisation normalisation;
    private final @Nullable String positiveLabel;
    private final double scale;

    /**
     * A scorer that cannot lack what its metric needs.
     *
     * @param normalisation how transcripts become words; only the word error rate uses it
     * @param positiveLabel the label whose false alarms or misses count; needed by those two rates, unused by the others
     * @param scale the distance that counts as wholly wrong, in the unit of the quantities; &gt; 0 and finite for the
     *     absolute error, unused by the others
     * @throws IllegalArgumentException if the metric lacks its positive label or its scale
     */
    public Scorer(Metric metric, Normalisation normalisation, @Nullable String positiveLabel, double scale) {
        boolean needsPositive = metric == Metric.FALSE_POSITIVE_RATE || metric == Metric.FALSE_NEGATIVE_RATE;
        if (needsPositive && (positiveLabel == null || positiveLabel.isEmpty())) {
            throw new IllegalArgumentException("positiveLabel must be given for " + metric.wireName());
        }
        if (metric == Metric.ABSOLUTE_ERROR && !(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("scale must be > 0 and finite: " + scale);
        }
        this.metric = metric;
        this.normalisation = normalisation;
        this.positiveLabel = positiveLabel;
        this.scale = scale;
    }

    /** What is measured. */
    public Metric metric() {
        return metric;
    }

    /** How transcripts become words. */
    public Normalisation normalisation() {
        return normalisation;
    }

    /** The label whose false alarms or misses count; may be absent where the metric has no use for it. */
    public @Nullable String positiveLabel() {
        return positiveLabel;
    }

    /** The distance that counts as wholly wrong, for the absolute error. */
    public double scale() {
        return scale;
    }

    /**
     * Whether an inference of this deployment may have that output: the metric's own shape, counts, or nothing. Refused
     * are transcripts of more than {@link WordAlignment#MAX_WORDS} words, and counts of more errors than trials where the
     * metric is a share of trials; only word edits may exceed their words.
     */
    public boolean accepts(Answer output) {
        return output instanceof Answer.Nothing || acceptsTruth(output);
    }

    /** Whether a ground truth of this deployment may say that: as {@link #accepts}, but nothing is no truth. */
    public boolean acceptsTruth(Answer truth) {
        if (truth instanceof Answer.ErrorCounts counts) {
            return metric == Metric.WORD_ERROR_RATE || counts.errors() <= counts.trials();
        }
        return switch (metric) {
            case WORD_ERROR_RATE -> truth instanceof Answer.Transcript transcript && isScorable(transcript);
            case ERROR_RATE, FALSE_POSITIVE_RATE, FALSE_NEGATIVE_RATE -> truth instanceof Answer.Label;
            case ABSOLUTE_ERROR -> truth instanceof Answer.Quantity;
        };
    }

    /**
     * How wrong the output was.
     *
     * @return empty if this pair says nothing in this metric: one side is of another shape, or not acceptable. A text
     *     that was acceptable when it came and is too long under a later configuration is such a case, so it is no fault
     */
    public Optional<Score> score(Answer output, Answer truth) {
        if (truth instanceof Answer.ErrorCounts counts) {
            return acceptsTruth(counts) ? Optional.of(selfScored(counts)) : Optional.empty();
        }
        return switch (metric) {
            case WORD_ERROR_RATE ->
                output instanceof Answer.Transcript said && truth instanceof Answer.Transcript right
                        ? wordErrors(said, right)
                        : Optional.empty();
            case ERROR_RATE, FALSE_POSITIVE_RATE, FALSE_NEGATIVE_RATE ->
                output instanceof Answer.Label said && truth instanceof Answer.Label right
                        ? Optional.of(labelError(said.value(), right.value()))
                        : Optional.empty();
            case ABSOLUTE_ERROR ->
                output instanceof Answer.Quantity said && truth instanceof Answer.Quantity right
                        ? Optional.of(distance(said.value(), right.value()))
                        : Optional.empty();
        };
    }

    /**
     * The score that counts are. Word edits over no words are an empty reference, and all of them insertions.
     *
     * @param counts acceptable ones, see {@link #acceptsTruth}
     */
    public Score selfScored(Answer.ErrorCounts counts) {
        boolean emptyReference = metric == Metric.WORD_ERROR_RATE && counts.trials() == 0;
        return emptyReference
                ? new Score(counts.errors(), 0, 0, 0, counts.errors(), true)
                : Score.of(counts.errors(), counts.trials());
    }

    /** Everything a score depends on, always in the same words: part of what a configuration's hash is made of. */
    @Override
    public String toString() {
        return "Scorer[metric=" + metric.wireName() + ", normalisation=" + normalisation + ", positiveLabel="
                + positiveLabel + ", scale=" + scale + "]";
    }

    private boolean isScorable(Answer.Transcript transcript) {
        return transcript.text().length() <= SURELY_SHORT
                || normalisation.scan(transcript.text()).size() <= WordAlignment.MAX_WORDS;
    }

    private Optional<Score> wordErrors(Answer.Transcript output, Answer.Transcript truth) {
        Words said = normalisation.scan(output.text());
        Words right = normalisation.scan(truth.text());
        if (Math.max(said.size(), right.size()) > WordAlignment.MAX_WORDS) {
            return Optional.empty();
        }
        WordErrors errors = WordAlignment.align(right, said);
        return Optional.of(new Score(
                errors.edits(),
                errors.referenceWords(),
                errors.substitutions(),
                errors.deletions(),
                errors.insertions(),
                right.size() == 0));
    }

    private Score labelError(String output, String truth) {
        boolean truthIsPositive = truth.equals(positiveLabel);
        boolean equal = output.equals(truth);
        return switch (metric) {
            case FALSE_POSITIVE_RATE ->
                truthIsPositive ? Score.of(0, 0) : Score.of(output.equals(positiveLabel) ? 1 : 0, 1);
            case FALSE_NEGATIVE_RATE -> truthIsPositive ? Score.of(equal ? 0 : 1, 1) : Score.of(0, 0);
            case ERROR_RATE, WORD_ERROR_RATE, ABSOLUTE_ERROR -> Score.of(equal ? 0 : 1, 1);
        };
    }

    private Score distance(double output, double truth) {
        long units = metric.unitsPerTrial();
        // The difference of two finite numbers may be infinite, which the minimum clips; it is never NaN.
        double share = Math.min(Math.abs(output - truth) / scale, 1);
        return Score.of(Math.round(units * share), units);
    }
}
