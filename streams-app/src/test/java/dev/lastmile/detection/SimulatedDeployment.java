package dev.lastmile.detection;

import dev.lastmile.detection.Finding.Change;
import dev.lastmile.score.Score;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.Slicing;
import dev.lastmile.stats.ScoreHistogram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A stream of labelled utterances, and what the second stage of the topology does with it: batches of 200 labels, buckets
 * of 1,000 utterances, evidence of a bucket held until it can be paired. Ten accents with Zipf's shares, three noises.
 */
final class SimulatedDeployment {

    /** An alarm, or its end. */
    record Alarm(Slice slice, Verdict verdict, Change change, long sliceLabelsSinceChange) {}

    private record Utterance(int bucket, List<Slice> slices, int bin) {}

    private static final int BATCH = 200;
    private static final int BUCKET = 1_000;
    private static final int ACCENTS = 10;
    private static final DetectionSettings SETTINGS = DetectionSettings.DEFAULT;

    private final Random random;
    private final Slicing slicing = new Slicing(List.of("accent", "noise"), List.of(List.of("noise", "accent")));
    private final Map<List<String>, List<Slice>> slicesOf = new HashMap<>();
    private final List<String> noises = new ArrayList<>(List.of("quiet", "ward", "street"));
    private final Map<Slice, Double> worse = new HashMap<>();
    private final TreeSet<Slice> soon = new TreeSet<>();
    private final Map<Slice, SliceDetector> detectors = new TreeMap<>();
    private final Map<Slice, Long> totals = new HashMap<>();
    private final Map<Slice, Long> sinceChange = new HashMap<>();
    private final Map<Integer, Bucket> buckets = new TreeMap<>();
    private Baseline baseline = Scores.baseline(Map.of());
    private long utterances;
    private long clock;

    /** Scores of a bucket so far, and how much of them was bet on. */
    private static final class Bucket {
        private final Map<Slice, ScoreHistogram> scores = new TreeMap<>();
        private final Map<Slice, ScoreHistogram> usedSlice = new HashMap<>();
        private final Map<Slice, ScoreHistogram> usedRest = new HashMap<>();
    }

    SimulatedDeployment(long seed) {
        random = new Random(seed);
    }

    /** Raises the error of all that contains the slice's terms. */
    void worsen(Slice slice, double points) {
        worse.put(slice, points);
        sinceChange.clear();
    }

    /** A noise that was not there before takes a fifth of the traffic. */
    void addNoise(String noise, double points) {
        noises.add(noise);
        worsen(Slice.of("noise", noise), points);
    }

    /** From now on every label but the slice's takes two buckets to come. */
    void deliverSooner(Slice slice) {
        soon.add(slice);
    }

    void learn(int labels) {
        BaselineLearning learning = new BaselineLearning();
        Map<Slice, SliceCounts> counts = new HashMap<>();
        for (int i = 0; i < labels; i++) {
            Utterance utterance = next();
            for (Slice slice : utterance.slices()) {
                SliceCounts its = counts.computeIfAbsent(slice, any -> new SliceCounts());
                its.addReceived();
                its.addFirstLabel(Score.of(utterance.bin(), 20), 0);
            }
        }
        counts.forEach(learning::add);
        baseline = learning.freeze(Baseline.Source.LEARNED, 0, 1, 1);
    }

    List<Alarm> run(int labels) {
        List<Alarm> alarms = new ArrayList<>();
        List<Utterance> late = new ArrayList<>();
        List<Utterance> batch = new ArrayList<>();
        for (int i = 0; i < labels; i++) {
            Utterance utterance = next();
            boolean waits = !soon.isEmpty() && utterance.slices().stream().noneMatch(soon::contains);
            (waits ? late : batch).add(utterance);
            while (!late.isEmpty() && late.get(0).bucket() + 2 <= utterance.bucket()) {
                batch.add(late.remove(0));
            }
            if (batch.size() >= BATCH) {
                drain(batch, alarms);
                batch.clear();
            }
        }
        return alarms;
    }

    private Utterance next() {
        String noise = noises.size() > 3 && random.nextDouble() < 0.2
                ? noises.get(3)
                : noises.get(random.nextDouble() < 0.6 ? 0 : random.nextDouble() < 0.6 ? 1 : 2);
        int accent = zipf();
        List<Slice> slices = slicesOf.computeIfAbsent(List.of("a" + accent, noise), slicing::slicesOf);
        double mean = 0.08 + 0.005 * accent + 0.03 * Math.min(2, noises.indexOf(noise));
        for (Map.Entry<Slice, Double> entry : worse.entrySet()) {
            if (slices.contains(entry.getKey())) {
                mean += entry.getValue();
            }
        }
        return new Utterance((int) (utterances++ / BUCKET), slices, bin(mean));
    }

    private int zipf() {
        double draw = random.nextDouble() * 2.9289682539682538;
        int rank = 1;
        while (rank < ACCENTS && draw > 1.0 / rank) {
            draw -= 1.0 / rank++;
        }
        return rank;
    }

    /** Half of the utterances are free of errors; the others' words are wrong with one probability, 20 words each. */
    private int bin(double mean) {
        int wrong = 0;
        if (random.nextBoolean()) {
            for (int word = 0; word < 20; word++) {
                wrong += random.nextDouble() < 2 * mean ? 1 : 0;
            }
        }
        return wrong;
    }

    private void drain(List<Utterance> batch, List<Alarm> alarms) {
        double before = clock;
        Map<Slice, ScoreHistogram> own = new TreeMap<>();
        TreeSet<Integer> touched = new TreeSet<>();
        for (Utterance utterance : batch) {
            touched.add(utterance.bucket());
            Bucket bucket = buckets.computeIfAbsent(utterance.bucket(), any -> new Bucket());
            for (Slice slice : utterance.slices()) {
                bucket.scores
                        .computeIfAbsent(slice, any -> new ScoreHistogram())
                        .add(utterance.bin(), 1);
                own.computeIfAbsent(slice, any -> new ScoreHistogram()).add(utterance.bin(), 1);
                totals.merge(slice, 1L, Long::sum);
                sinceChange.merge(slice, 1L, Long::sum);
                detectors.computeIfAbsent(
                        slice,
                        any -> SliceDetector.start(
                                SETTINGS,
                                slice,
                                baseline.referenceFor(slice, SETTINGS.minimumBaseline())
                                        .orElse(null),
                                before));
            }
        }
        clock += batch.size();
        for (int index : touched) {
            pair(index, alarms);
        }
        own.forEach((slice, scores) ->
                note(slice, detectorOf(slice).observeOwn(scores, look(slice, touched.last())), alarms));
    }

    private void pair(int index, List<Alarm> alarms) {
        Bucket bucket = buckets.getOrDefault(index, new Bucket());
        bucket.scores.forEach((slice, scores) -> {
            if (slice.isOverall()) {
                return;
            }
            ScoreHistogram allRest =
                    bucket.scores.getOrDefault(slice.parent(), scores).minus(scores);
            ScoreHistogram pending = scores.minus(bucket.usedSlice.getOrDefault(slice, new ScoreHistogram()));
            ScoreHistogram rest = allRest.minus(bucket.usedRest.getOrDefault(slice, new ScoreHistogram()));
            if (detectorOf(slice).pairs(pending.count(), rest.count())) {
                note(slice, detectorOf(slice).observePair(pending, rest, look(slice, index)), alarms);
                bucket.usedSlice.put(slice, scores.copy());
                bucket.usedRest.put(slice, allRest);
            }
        });
    }

    private SliceDetector detectorOf(Slice slice) {
        SliceDetector detector = detectors.get(slice);
        if (detector == null) {
            throw new IllegalStateException("no detector of " + slice);
        }
        return detector;
    }

    private Look look(Slice slice, int bucket) {
        long parentScores = slice.isOverall() ? 0 : totals.getOrDefault(slice.parent(), 0L);
        return new Look(clock, 1.0 / 54, parentScores, bucket * 1_000L, (bucket + 1) * 1_000L, clock);
    }

    private void note(Slice slice, List<Finding> findings, List<Alarm> alarms) {
        for (Finding finding : findings) {
            if (finding.change() != Change.UPDATED) {
                alarms.add(new Alarm(slice, finding.verdict(), finding.change(), sinceChange.getOrDefault(slice, 0L)));
            }
        }
    }
}
