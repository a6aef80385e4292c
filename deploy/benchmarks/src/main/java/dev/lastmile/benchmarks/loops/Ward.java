package dev.lastmile.benchmarks.loops;

import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.score.Metric;
import dev.lastmile.score.Normalisation;
import dev.lastmile.score.Score;
import dev.lastmile.score.Scorer;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.Slicing;
import dev.lastmile.topology.DeploymentPolicy;
import dev.lastmile.topology.Limits;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A deployment with 300 slices: 16 accents, 12 noises, each accent in each noise, 79 sites, and all of it. */
final class Ward {

    static final DeploymentId ID = new DeploymentId("bench", "ward");
    static final Duration BUCKET = Duration.ofHours(1);
    static final int SLICES = 300;

    /** Words of an utterance. */
    private static final int WORDS = 30;

    private static final int ACCENTS = 16;
    private static final int NOISES = 12;
    private static final int SITES = 79;
    private static final Slicing SLICING =
            new Slicing(List.of("accent", "noise", "site"), List.of(List.of("noise", "accent")));

    private final SplittableRandom random = new SplittableRandom(7);
    private final boolean words;

    /**
     * @param words whether scores are shares of 30 words; else answers are right or wrong
     */
    Ward(boolean words) {
        this.words = words;
    }

    /** How it is watched, with a baseline of so many labelled inferences. */
    static DeploymentPolicy policy(long baseline) {
        return new DeploymentPolicy(
                DeploymentPolicy.ANY,
                DeploymentPolicy.ANY,
                new Scorer(Metric.WORD_ERROR_RATE, Normalisation.DEFAULT, null, 1),
                SLICING,
                BUCKET,
                Duration.ofDays(14),
                true,
                new BaselinePlan.FirstLabelled(baseline),
                DetectionSettings.DEFAULT,
                new Limits(200, 1_000, Duration.ofDays(7)));
    }

    /**
     * What some labelled inferences add to each slice.
     *
     * @param labelled how many
     * @param trouble by how much the error rate of one accent is higher than that of all others
     */
    Map<Slice, SliceCounts> batch(int labelled, double trouble) {
        Map<Slice, SliceCounts> counts = new HashMap<>();
        for (int i = 0; i < labelled; i++) {
            int accent = random.nextInt(ACCENTS);
            List<String> values = List.of("a" + accent, "n" + random.nextInt(NOISES), "s" + random.nextInt(SITES));
            Score score = score(0.12 + (accent == 0 ? trouble : 0));
            for (Slice slice : SLICING.slicesOf(values)) {
                SliceCounts its = counts.computeIfAbsent(slice, any -> new SliceCounts());
                its.addReceived();
                its.addFirstLabel(score, 600_000);
            }
        }
        return counts;
    }

    private Score score(double rate) {
        if (!words) {
            return Score.of(random.nextDouble() < rate ? 1 : 0, 1);
        }
        // Some utterances are far worse than others.
        double its = 2 * rate * random.nextDouble();
        int errors = 0;
        for (int word = 0; word < WORDS; word++) {
            errors += random.nextDouble() < its ? 1 : 0;
        }
        return Score.of(errors, WORDS);
    }
}
