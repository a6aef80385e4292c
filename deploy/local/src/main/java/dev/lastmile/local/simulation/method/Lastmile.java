package dev.lastmile.local.simulation.method;

import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselineLearning;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.detection.Finding;
import dev.lastmile.detection.Panel;
import dev.lastmile.detection.SessionSample;
import dev.lastmile.detection.Sighting;
import dev.lastmile.local.simulation.traffic.Batch;
import dev.lastmile.local.simulation.traffic.LearnedBaseline;
import dev.lastmile.local.simulation.traffic.ScoreTable;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.score.Score;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.VersionSlice;
import dev.lastmile.stats.DelayHistogram;
import dev.lastmile.stats.RatioSums;
import dev.lastmile.stats.ScoreHistogram;
import dev.lastmile.stats.ScoreMoments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lastmile's own panel of detectors, fed as the monitor feeds it: a call is a page. DISPARITY is left out: it compares
 * groups as they are, so that a page of it is not about a change.
 *
 * @param label the name in tables
 * @param settings how sure a verdict must be
 */
public record Lastmile(String label, DetectionSettings settings) implements Method {

    private static final String VERSION = "v1";
    private static final long BUCKET_MS = 3_600_000;

    @Override
    public Watcher watch(SliceSpace space, LearnedBaseline baseline, long seed) {
        return new Deployment(settings, space, baseline);
    }

    /** What the second stage of the monitor keeps of a deployment. Mutable. */
    private static final class Deployment implements Watcher, Panel.Statistics {
        private final DetectionSettings settings;
        private final SliceSpace space;
        private final ScoreTable totals;
        private final SessionSample sessions = new SessionSample(SessionSample.KEPT);
        private final Map<CellKey, BucketCell> cells = new HashMap<>();
        private final Panel panel;

        Deployment(DetectionSettings settings, SliceSpace space, LearnedBaseline learned) {
            this.settings = settings;
            this.space = space;
            totals = new ScoreTable(space);
            learned.batches().forEach(this::count);
            Baseline baseline = frozen(learned.scores(), 1 / weight());
            panel = new Panel(settings, BUCKET_MS, slice -> baseline.referenceFor(slice, settings.minimumBaseline())
                    .orElse(null));
        }

        private Baseline frozen(ScoreTable table, double designEffect) {
            BaselineLearning learning = new BaselineLearning();
            for (int slice = 0; slice < space.size(); slice++) {
                ScoreHistogram scores = table.histogram(slice);
                long n = scores.count();
                if (n > 0) {
                    learning.add(
                            space.slice(slice),
                            new SliceCounts(n, n, 0, 0, 0, 0, new RatioSums(), scores, new DelayHistogram()));
                }
            }
            return learning.freeze(Baseline.Source.LEARNED, 0, 1, 1, designEffect);
        }

        private double weight() {
            return sessions.weight(settings.sessions(), totals.count(SliceSpace.OVERALL));
        }

        private void count(Batch batch) {
            totals.add(batch);
            for (int i = 0; i < batch.size(); i++) {
                if (batch.session(i) != Batch.NO_SESSION) {
                    addToSession(batch.session(i), batch.bin(i));
                }
            }
        }

        private void addToSession(int number, int bin) {
            // The sample goes by the last bits of a hash: an odd factor spreads numbers in a row over all of them.
            int hash = Integer.reverse(number * 0x9e3779b1);
            sessions.count(1);
            if (hash != 0 && SessionSample.mayHold(hash)) {
                ScoreMoments scores = new ScoreMoments();
                scores.add(bin);
                sessions.add(hash, scores);
            }
        }

        @Override
        public List<Call> observe(Batch batch) {
            // From earlier batches alone, as whatever steers a bet must be.
            double weight = weight();
            count(batch);
            Map<CellKey, SliceCounts> counted = new HashMap<>();
            for (int i = 0; i < batch.size(); i++) {
                Score score = Score.of(batch.bin(i), ScoreHistogram.BINS - 1);
                for (int slice : space.slicesOf(batch.cell(i))) {
                    CellKey key = new CellKey(VERSION, batch.bucket(i) * BUCKET_MS, space.slice(slice));
                    counted.computeIfAbsent(key, any -> new SliceCounts()).addFirstLabel(score, 0);
                }
            }
            counted.forEach((key, counts) -> cell(key).counts().add(counts));
            List<Call> calls = new ArrayList<>();
            for (Sighting sighting : panel.look(counted, batch.size(), weight, this)) {
                addCall(sighting, calls);
            }
            return calls;
        }

        private void addCall(Sighting sighting, List<Call> calls) {
            Finding finding = sighting.finding();
            int slice = space.numberOf(sighting.at().slice()).orElseThrow();
            switch (finding.verdict()) {
                case DISPARATE_DEGRADATION -> {
                    switch (finding.change()) {
                        case FIRED -> calls.add(new Call(slice, Call.Kind.DISPARATE));
                        case CLEARED -> calls.add(new Call(slice, Call.Kind.OVER));
                        case EXPLAINED -> calls.add(new Call(slice, Call.Kind.RENAMED));
                        case UPDATED -> {}
                    }
                }
                case DEGRADATION -> {
                    if (finding.change() == Finding.Change.FIRED) {
                        calls.add(new Call(slice, Call.Kind.WORSE));
                    }
                }
                case DISPARITY, LABEL_COVERAGE, NEW_CONDITION -> {}
            }
        }

        @Override
        public BucketCell cell(CellKey key) {
            return cells.computeIfAbsent(key, any -> new BucketCell());
        }

        @Override
        public long scoresAround(VersionSlice key) {
            int slice = space.numberOf(key.slice()).orElseThrow();
            return totals.count(space.parent(slice));
        }
    }
}
