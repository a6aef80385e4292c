package dev.lastmile.benchmarks.loops;

import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselineLearning;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.detection.Panel;
import dev.lastmile.detection.SessionSample;
import dev.lastmile.detection.Sighting;
import dev.lastmile.event.Ledger;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.VersionSlice;
import dev.lastmile.topology.Delta;
import dev.lastmile.topology.Report;
import dev.lastmile.topology.SecondStageLoop;
import dev.lastmile.topology.serde.DeltaCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One delta of a deployment, in which each of its 300 slices has new labels: a thousand in all, ten deltas a bucket. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DetectorStep {

    private static final int LABELLED = 1_000;
    private static final int BASELINE = 50_000;
    private static final int DELTAS = 50;
    private static final int DELTAS_A_BUCKET = 10;

    /** Tasks of the first stage that each send one. */
    private static final int MESSAGES = 10;

    private static final String VERSION = "v1";

    /** A deployment that has its baseline, and deltas to come. */
    @State(Scope.Thread)
    public static class Deployment implements Panel.Statistics {

        /** {@code words} or {@code answers}. */
        @Param({"words", "answers"})
        public String scores = "words";

        /** Percentage points by which one accent is worse. */
        @Param({"0", "10"})
        public int trouble;

        private final List<Map<Slice, SliceCounts>> batches = new ArrayList<>();
        private final List<byte[]> messages = new ArrayList<>();
        private Delta ofOneInference = delta(0, Map.of());
        private final Map<VersionSlice, SliceCounts> totals = new HashMap<>();
        private final Map<CellKey, BucketCell> cells = new HashMap<>();
        private final SecondStageLoop stage = new SecondStageLoop(Ward.ID, Ward.policy(BASELINE));
        private Panel panel = new Panel(DetectionSettings.DEFAULT, Ward.BUCKET.toMillis(), slice -> null);
        private Map<CellKey, SliceCounts> batch = Map.of();
        private Delta delta = delta(0, Map.of());
        private int next;

        /** Learns the baseline. */
        @Setup(Level.Trial)
        public void learn() {
            Ward ward = new Ward(scores.equals("words"));
            BaselineLearning learning = new BaselineLearning();
            Map<Slice, SliceCounts> past = ward.batch(BASELINE, 0);
            past.forEach(learning::add);
            Baseline baseline = learning.freeze(Baseline.Source.LEARNED, 0, 1, 0, 1);
            panel = new Panel(DetectionSettings.DEFAULT, Ward.BUCKET.toMillis(), slice -> baseline.referenceFor(
                            slice, DetectionSettings.DEFAULT.minimumBaseline())
                    .orElse(null));
            stage.take(delta(0, past));
            for (int i = 0; i < DELTAS; i++) {
                batches.add(ward.batch(LABELLED, trouble / 100.0));
            }
            for (int i = 0; i < MESSAGES; i++) {
                messages.add(DeltaCodec.write(delta(Ward.BUCKET.toMillis(), batches.get(i))));
            }
            ofOneInference = delta(Ward.BUCKET.toMillis(), ward.batch(1, 0));
        }

        /** What a delta adds is added, as the second stage does before its detectors look. */
        @Setup(Level.Invocation)
        public void merge() {
            next++;
            long startMs = (1 + next / DELTAS_A_BUCKET) * Ward.BUCKET.toMillis();
            Map<Slice, SliceCounts> counts = batches.get(next % DELTAS);
            delta = delta(startMs, counts);
            batch = new TreeMap<>();
            counts.forEach((slice, its) -> {
                CellKey key = new CellKey(VERSION, startMs, slice);
                batch.put(key, its);
                cell(key).counts().add(its);
                totals.computeIfAbsent(key.versionSlice(), any -> new SliceCounts())
                        .add(its);
            });
        }

        private static Delta delta(long startMs, Map<Slice, SliceCounts> counts) {
            List<Delta.Cell> cells = new ArrayList<>();
            counts.forEach((slice, its) -> cells.add(new Delta.Cell(VERSION, startMs, slice, its)));
            return new Delta(
                    Ward.ID,
                    startMs + Ward.BUCKET.toMillis(),
                    new Ledger(),
                    Map.of(),
                    new SessionSample(SessionSample.IN_TRANSIT),
                    cells);
        }

        /** Forgets what no detector reads any more. */
        @Setup(Level.Iteration)
        public void tidy() {
            if (batches.isEmpty()) {
                return;
            }
            long oldMs = (next / DELTAS_A_BUCKET - 1_000L) * Ward.BUCKET.toMillis();
            cells.keySet().removeIf(key -> key.bucketStartMs() < oldMs);
            stage.tidy();
        }

        @Override
        public BucketCell cell(CellKey key) {
            return cells.computeIfAbsent(key, any -> new BucketCell());
        }

        @Override
        public long scoresAround(VersionSlice key) {
            Slice around = key.slice().isOverall() ? key.slice() : key.slice().parent();
            SliceCounts total = totals.get(new VersionSlice(key.modelVersion(), around));
            return total == null ? 0 : total.firstScores().count();
        }
    }

    /** The detectors of all slices look. */
    @Benchmark
    public List<Sighting> detectors(Deployment its) {
        return its.panel.look(its.batch, LABELLED, 1, its);
    }

    /** All the second stage does with a delta: statistics, detectors, alerts, and all of it written to the store. */
    @Benchmark
    public List<Report> secondStage(Deployment its) {
        return its.stage.take(its.delta);
    }

    /** The same with the least there can be: one labelled inference, which is in five of the 300 slices. */
    @Benchmark
    public List<Report> smallStep(Deployment its) {
        return its.stage.take(its.ofOneInference);
    }

    /** Ten messages that have 300 cells each are read into one delta. */
    @Benchmark
    public Delta messages(Deployment its) {
        return DeltaCodec.read(its.messages);
    }
}
