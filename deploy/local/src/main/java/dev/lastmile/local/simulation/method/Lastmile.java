package dev.lastmile.local.simulation.method;

import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselineLearning;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.detection.Finding;
import dev.lastmile.detection.Look;
import dev.lastmile.detection.SliceDetector;
import dev.lastmile.detection.Verdict;
import dev.lastmile.local.simulation.traffic.Batch;
import dev.lastmile.local.simulation.traffic.LearnedBaseline;
import dev.lastmile.local.simulation.traffic.ScoreTable;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.stats.DelayHistogram;
import dev.lastmile.stats.RatioSums;
import dev.lastmile.stats.ScoreHistogram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Lastmile's own detectors, fed as the monitor feeds them: evidence of a bucket is held until slice and rest can be
 * paired. DISPARITY is left out: it compares groups as they are, so that an alarm of it is not about a change.
 *
 * @param label the name in tables
 * @param settings how sure a verdict must be
 */
public record Lastmile(String label, DetectionSettings settings) implements Method {

    private static final long BUCKET_MS = 3_600_000;

    @Override
    public Watcher watch(SliceSpace space, LearnedBaseline baseline, long seed) {
        BaselineLearning learning = new BaselineLearning();
        for (int slice = 0; slice < space.size(); slice++) {
            ScoreHistogram scores = baseline.scores().histogram(slice);
            long n = scores.count();
            if (n > 0) {
                learning.add(
                        space.slice(slice),
                        new SliceCounts(n, n, 0, 0, 0, 0, new RatioSums(), scores, new DelayHistogram()));
            }
        }
        return new Deployment(settings, space, learning.freeze(Baseline.Source.LEARNED, 0, 1, 1));
    }

    /** All detectors of a deployment. Mutable. */
    private static final class Deployment implements Watcher {
        private final DetectionSettings settings;
        private final SliceSpace space;
        private final Baseline baseline;
        private final double share;
        private final Map<Integer, SliceDetector> detectors = new HashMap<>();
        private final Map<Integer, Bucket> buckets = new HashMap<>();
        private final ScoreTable totals;

        Deployment(DetectionSettings settings, SliceSpace space, Baseline baseline) {
            this.settings = settings;
            this.space = space;
            this.baseline = baseline;
            share = 1.0 / space.size();
            totals = new ScoreTable(space);
        }

        @Override
        public List<Call> observe(Batch batch) {
            TreeSet<Integer> touched = new TreeSet<>();
            ScoreTable arrived = new ScoreTable(space);
            arrived.add(batch);
            for (int i = 0; i < batch.size(); i++) {
                touched.add(batch.bucket(i));
                Bucket bucket = buckets.computeIfAbsent(batch.bucket(i), any -> new Bucket(space.size()));
                for (int slice : space.slicesOf(batch.cell(i))) {
                    bucket.scores[slice].add(batch.bin(i), 1);
                }
            }
            double before = totals.count(SliceSpace.OVERALL);
            totals.add(batch);
            List<Call> calls = new ArrayList<>();
            for (int index : touched) {
                pair(index, before, calls);
            }
            for (int slice = 0; slice < space.size(); slice++) {
                if (arrived.count(slice) > 0) {
                    Look look = look(slice, touched.last());
                    note(slice, detector(slice, before).observeOwn(arrived.histogram(slice), look), calls);
                }
            }
            return calls;
        }

        private void pair(int index, double before, List<Call> calls) {
            Bucket bucket = buckets.get(index);
            if (bucket == null) {
                return;
            }
            for (int slice = 1; slice < space.size(); slice++) {
                ScoreHistogram scores = bucket.scores[slice];
                ScoreHistogram pending = scores.minus(bucket.betOn[slice]);
                if (pending.count() == 0) {
                    continue;
                }
                ScoreHistogram allRest = bucket.scores[space.parent(slice)].minus(scores);
                ScoreHistogram rest = allRest.minus(bucket.restBetOn[slice]);
                SliceDetector detector = detector(slice, before);
                if (detector.pairs(pending.count(), rest.count())) {
                    note(slice, detector.observePair(pending, rest, look(slice, index)), calls);
                    bucket.betOn[slice] = scores.copy();
                    bucket.restBetOn[slice] = allRest;
                }
            }
        }

        private SliceDetector detector(int slice, double clock) {
            return detectors.computeIfAbsent(
                    slice,
                    number -> SliceDetector.start(
                            settings,
                            space.slice(number),
                            baseline.referenceFor(space.slice(number), settings.minimumBaseline())
                                    .orElse(null),
                            clock));
        }

        private Look look(int slice, int bucket) {
            double clock = totals.count(SliceSpace.OVERALL);
            long parent = slice == SliceSpace.OVERALL ? 0 : totals.count(space.parent(slice));
            return new Look(clock, share, parent, bucket * BUCKET_MS, (bucket + 1) * BUCKET_MS, (long) clock);
        }

        private static void note(int slice, List<Finding> findings, List<Call> calls) {
            for (Finding finding : findings) {
                if (finding.verdict() != Verdict.DISPARITY) {
                    boolean disparate = finding.verdict() == Verdict.DISPARATE_DEGRADATION;
                    switch (finding.change()) {
                        case FIRED -> calls.add(new Call(slice, disparate ? Call.Kind.DISPARATE : Call.Kind.WORSE));
                        case CLEARED -> {
                            if (disparate) {
                                calls.add(new Call(slice, Call.Kind.OVER));
                            }
                        }
                        case UPDATED -> {}
                    }
                }
            }
        }
    }

    /** Scores of a bucket so far, and how much of them was bet on. Mutable. */
    private static final class Bucket {
        private final ScoreHistogram[] scores;
        private final ScoreHistogram[] betOn;
        private final ScoreHistogram[] restBetOn;

        Bucket(int slices) {
            scores = empty(slices);
            betOn = empty(slices);
            restBetOn = empty(slices);
        }

        private static ScoreHistogram[] empty(int slices) {
            return Stream.generate(ScoreHistogram::new).limit(slices).toArray(ScoreHistogram[]::new);
        }
    }
}
