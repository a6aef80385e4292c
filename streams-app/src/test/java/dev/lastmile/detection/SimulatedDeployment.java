package dev.lastmile.detection;

import dev.lastmile.detection.Finding.Change;
import dev.lastmile.score.Score;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.Slicing;
import dev.lastmile.slice.VersionSlice;
import dev.lastmile.stats.ScoreMoments;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private record Utterance(int bucket, List<Slice> slices, int session, int bin) {}

    /** A speaker in a noise, who says several utterances one after the other. */
    private record Session(String noise, int accent, int id, double luck, long end) {}

    private static final int BATCH = 200;
    private static final int BUCKET = 1_000;
    private static final long BUCKET_MS = 1_000;
    private static final String VERSION = "v1";
    private static final int ACCENTS = 10;
    private static final DetectionSettings SETTINGS = DetectionSettings.DEFAULT;

    /** With this probability an utterance errs as its session does, so that two of one session correlate by its square. */
    private static final double LIKE_SESSION = Math.sqrt(0.2);

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
    private final Deque<Utterance> late = new ArrayDeque<>();
    private final List<Utterance> batch = new ArrayList<>();
    private final SessionSample sessions = new SessionSample(SessionSample.KEPT);
    private SessionWeighting weighting = SETTINGS.sessions();
    private int sessionSize = 1;
    private boolean inBuckets = true;
    private Session session = new Session("", 0, 0, 0, 0);
    private long utterances;
    private long labels;

    SimulatedDeployment(long seed) {
        random = new Random(seed);
    }

    /** From now on so many utterances in a row are one speaker's, with an intraclass correlation of about .2. */
    void speakInSessions(int size, SessionWeighting newWeighting) {
        sessionSize = size;
        weighting = newWeighting;
    }

    /** What a monitor would do that pairs labels as they arrive, whenever the inferences were. */
    void pairByArrival() {
        inBuckets = false;
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
            sample(utterance);
        }
        counts.forEach(learning::add);
        baseline = learning.freeze(Baseline.Source.LEARNED, 0, 1, 1, 1 / weight());
    }

    List<Alarm> run(int labels) {
        List<Alarm> alarms = new ArrayList<>();
        for (int i = 0; i < labels; i++) {
            Utterance utterance = next();
            boolean waits = !soon.isEmpty() && utterance.slices().stream().noneMatch(soon::contains);
            (waits ? late : batch).add(utterance);
            while (!late.isEmpty() && late.getFirst().bucket() + 2 <= utterance.bucket()) {
                batch.add(late.removeFirst());
            }
            if (batch.size() >= BATCH) {
                drain(alarms);
                batch.clear();
            }
        }
        return alarms;
    }

    private Utterance next() {
        if (utterances >= session.end()) {
            session = newSession();
        }
        List<Slice> slices =
                slicesOf.computeIfAbsent(List.of("a" + session.accent(), session.noise()), slicing::slicesOf);
        double mean = 0.08 + 0.005 * session.accent() + 0.03 * Math.min(2, noises.indexOf(session.noise()));
        for (Map.Entry<Slice, Double> entry : worse.entrySet()) {
            if (slices.contains(entry.getKey())) {
                mean += entry.getValue();
            }
        }
        boolean like = sessionSize > 1 && random.nextDouble() < LIKE_SESSION;
        Random luck = like ? new Random((long) (session.luck() * Long.MAX_VALUE)) : random;
        return new Utterance((int) (utterances++ / BUCKET), slices, session.id(), bin(mean, luck));
    }

    private Session newSession() {
        String noise = noises.size() > 3 && random.nextDouble() < 0.2
                ? noises.get(3)
                : noises.get(random.nextDouble() < 0.6 ? 0 : random.nextDouble() < 0.6 ? 1 : 2);
        int id = sessionSize > 1 ? random.nextInt() | 1 << 31 : 0;
        return new Session(noise, zipf(), id, random.nextDouble(), utterances + sessionSize);
    }

    private void sample(Utterance utterance) {
        labels++;
        if (utterance.session() != 0) {
            ScoreMoments score = new ScoreMoments();
            score.add(utterance.bin());
            sessions.add(utterance.session(), score);
            sessions.count(1);
        }
    }

    private double weight() {
        return sessions.weight(weighting, labels);
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
    private static int bin(double mean, Random luck) {
        int wrong = 0;
        if (luck.nextBoolean()) {
            for (int word = 0; word < 20; word++) {
                wrong += luck.nextDouble() < 2 * mean ? 1 : 0;
            }
        }
        return wrong;
    }

    private void drain(List<Alarm> alarms) {
        double weight = weight();
        Map<CellKey, SliceCounts> counted = new TreeMap<>();
        for (Utterance utterance : batch) {
            sample(utterance);
            long bucketStartMs = inBuckets ? utterance.bucket() * BUCKET_MS : 0;
            for (Slice slice : utterance.slices()) {
                CellKey key = new CellKey(VERSION, bucketStartMs, slice);
                counted.computeIfAbsent(key, any -> new SliceCounts()).addFirstLabel(Score.of(utterance.bin(), 20), 0);
                totals.merge(slice, 1L, Long::sum);
                sinceChange.merge(slice, 1L, Long::sum);
            }
        }
        counted.forEach((key, counts) -> cell(key).counts().add(counts));
        for (Sighting sighting : panel.look(counted, batch.size(), weight, this)) {
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

    /** The alarms that were raised and wait for a page. */
    List<Watch> waiting(Verdict verdict) {
        return totals.keySet().stream()
                .map(slice -> panel.find(new VersionSlice(VERSION, slice)))
                .filter(Objects::nonNull)
                .map(detector -> detector.watch(verdict))
                .filter(Objects::nonNull)
                .filter(Watch::waits)
                .toList();
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
