package dev.lastmile.detection;

import dev.lastmile.detection.Finding.Change;
import dev.lastmile.score.Score;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.Slicing;
import dev.lastmile.slice.VersionSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A stream of labelled utterances, and what the second stage of the topology does with it: batches of 200 labels, buckets
 * of 1,000 utterances. Ten accents with Zipf's shares, three noises.
 */
final class SimulatedDeployment implements Panel.Statistics {

    /** A page, or its end. */
    record Alarm(Slice slice, Verdict verdict, Change change, long sliceLabelsSinceChange) {}

    private record Utterance(int bucket, List<Slice> slices, int bin) {}

    private static final int BATCH = 200;
    private static final int BUCKET = 1_000;
    private static final long BUCKET_MS = 1_000;
    private static final String VERSION = "v1";
    private static final int ACCENTS = 10;
    private static final DetectionSettings SETTINGS = DetectionSettings.DEFAULT;

    private final Random random;
    private final Slicing slicing = new Slicing(List.of("accent", "noise"), List.of(List.of("noise", "accent")));
    private final Map<List<String>, List<Slice>> slicesOf = new HashMap<>();
    private final List<String> noises = new ArrayList<>(List.of("quiet", "ward", "street"));
    private final Map<Slice, Double> worse = new HashMap<>();
    private final TreeSet<Slice> soon = new TreeSet<>();
    private final Map<Slice, Long> totals = new HashMap<>();
    private final Map<Slice, Long> sinceChange = new HashMap<>();
    private final Map<CellKey, BucketCell> cells = new HashMap<>();
    private Baseline baseline = Scores.baseline(Map.of());
    private final Panel panel =
            new Panel(SETTINGS, BUCKET_MS, slice -> baseline.referenceFor(slice, SETTINGS.minimumBaseline())
                    .orElse(null));
    private final Set<Claim> firing = new TreeSet<>();
    private long utterances;

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
        baseline = learning.freeze(Baseline.Source.LEARNED, 0, 1, 1, 1);
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
        Map<CellKey, SliceCounts> counted = new TreeMap<>();
        for (Utterance utterance : batch) {
            for (Slice slice : utterance.slices()) {
                CellKey key = new CellKey(VERSION, utterance.bucket() * BUCKET_MS, slice);
                counted.computeIfAbsent(key, any -> new SliceCounts()).addFirstLabel(Score.of(utterance.bin(), 20), 0);
                totals.merge(slice, 1L, Long::sum);
                sinceChange.merge(slice, 1L, Long::sum);
            }
        }
        counted.forEach((key, counts) -> cell(key).counts().add(counts));
        for (Sighting sighting : panel.look(counted, batch.size(), 1, this)) {
            Finding finding = sighting.finding();
            Slice slice = sighting.at().slice();
            Claim claim = new Claim(finding.verdict(), slice);
            if (finding.change() == Change.FIRED || finding.change() == Change.UPDATED) {
                firing.add(claim);
            } else {
                firing.remove(claim);
            }
            if (finding.change() != Change.UPDATED) {
                alarms.add(new Alarm(slice, finding.verdict(), finding.change(), sinceChange.getOrDefault(slice, 0L)));
            }
        }
    }

    /** The claims that have a page now. */
    Set<Claim> firing() {
        return firing;
    }

    @Override
    public BucketCell cell(CellKey key) {
        return cells.computeIfAbsent(key, any -> new BucketCell());
    }

    @Override
    public long scoresAround(VersionSlice key) {
        Slice around = key.slice().isOverall() ? key.slice() : key.slice().parent();
        return totals.getOrDefault(around, 0L);
    }
}
