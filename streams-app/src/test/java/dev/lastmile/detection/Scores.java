package dev.lastmile.detection;

import dev.lastmile.score.Score;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.stats.ScoreHistogram;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** Scores, baselines and settings for tests of detectors. */
final class Scores {

    static final Slice SCOTTISH = Slice.of("accent", "scottish");

    static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private Scores() {}

    /** Bin and count, in turns. */
    static ScoreHistogram of(int... binsAndCounts) {
        ScoreHistogram scores = new ScoreHistogram();
        for (int i = 0; i < binsAndCounts.length; i += 2) {
            scores.add(binsAndCounts[i], binsAndCounts[i + 1]);
        }
        return scores;
    }

    /** Right and wrong answers. */
    static ScoreHistogram answers(int right, int wrong) {
        return of(0, right, 20, wrong);
    }

    /** {@code n} answers of which each is wrong with probability {@code rate}. */
    static ScoreHistogram drawn(Random random, int n, double rate) {
        int wrong = 0;
        for (int i = 0; i < n; i++) {
            wrong += random.nextDouble() < rate ? 1 : 0;
        }
        return answers(n - wrong, wrong);
    }

    /** All answers labelled, error rate as given: its mean and variance are those of right and wrong answers. */
    static SliceBaseline baselineOf(long labelled, double rate) {
        long errors = Math.round(labelled * rate);
        double mean = errors / (double) labelled;
        return new SliceBaseline(labelled, labelled, errors, labelled, mean, mean * (1 - mean));
    }

    static Baseline baseline(Map<Slice, SliceBaseline> slices) {
        return Baseline.of(Baseline.Source.LEARNED, 0, HOUR_MS, HOUR_MS, 1, slices);
    }

    /** A slice of a tenth of the traffic, of which and of whose rest 10 % are wrong. */
    static Reference reference() {
        return baseline(Map.of(Slice.OVERALL, baselineOf(50_000, 0.1), SCOTTISH, baselineOf(5_000, 0.1)))
                .referenceFor(SCOTTISH, 200)
                .orElseThrow();
    }

    static SliceCounts counts(int right, int wrong) {
        SliceCounts counts = new SliceCounts();
        for (int i = 0; i < right + wrong; i++) {
            counts.addReceived();
            counts.addFirstLabel(Score.of(i < wrong ? 1 : 0, 1), 1_000);
        }
        return counts;
    }

    /** A look at the clock of a slice with a tenth of the budget, in an hour of event time. */
    static Look look(double clock, int hour) {
        return new Look(0.1 * clock, 1, (long) clock, hour * HOUR_MS, (hour + 1) * HOUR_MS);
    }
}
