package dev.lastmile.detection;

import dev.lastmile.detection.Finding.Change;
import dev.lastmile.detection.SliceDetector.Status;
import dev.lastmile.score.Score;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.VersionSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A panel over right and wrong answers of which every slice is exactly as much worse as is tolerated, and not more: where
 * the false-alarm rate is highest. Each slice is half of the traffic, independently of the others, so that all of them are
 * at the edge at once. The baseline is the truth, and no gate holds an alarm back. A page ends at once, and its slice is
 * watched anew.
 */
final class EdgeOfTheNull implements Panel.Statistics {

    private static final String VERSION = "v1";
    private static final int BATCH = 20;
    private static final int BATCHES_PER_BUCKET = 10;
    private static final long BUCKET_MS = 1_000;
    private static final double BASELINE = 0.1;
    private static final List<Slice> SLICES = List.of(
            Slice.of("accent", "scottish"),
            Slice.of("noise", "ward"),
            Slice.of("device", "phone"),
            Slice.of("shift", "night"));

    private final Verdict verdict;
    private final DetectionSettings settings;
    private final Random random;
    private final Panel panel;
    private final Map<CellKey, BucketCell> cells = new HashMap<>();
    private final Map<Slice, Long> totals = new TreeMap<>();

    EdgeOfTheNull(Verdict verdict, long budget, long seed) {
        this.verdict = verdict;
        settings = settings(budget);
        random = new Random(seed);
        panel = new Panel(settings, BUCKET_MS, slice -> verdict == Verdict.DISPARITY ? null : truth(slice));
    }

    /** Nothing but the budget is between the evidence and a page. */
    static DetectionSettings settings(long budget) {
        DetectionSettings usual = DetectionSettings.DEFAULT;
        return new DetectionSettings(
                budget,
                usual.margin(),
                usual.disparityGap(),
                1,
                11,
                0,
                0,
                usual.clearEffect(),
                usual.staleAfter(),
                usual.coolDown(),
                new SessionWeighting.Independent(),
                usual.coverageMargin(),
                Map.of());
    }

    /** For DEGRADATION without a rest, so that no more specific verdict has the page. */
    private Reference truth(Slice slice) {
        long many = 1L << 50;
        Reference.Group group = new Reference.Group(many, many, many, BASELINE, BASELINE * (1 - BASELINE));
        boolean alone = slice.isOverall() || verdict == Verdict.DEGRADATION;
        return new Reference(slice, true, group, alone ? null : group, 1);
    }

    /** Pages of the verdict among so many labelled inferences. */
    long pages(int labelled) {
        long pages = 0;
        for (int batch = 0; batch < labelled / BATCH; batch++) {
            if (batch % BATCHES_PER_BUCKET == 0) {
                cells.clear();
            }
            pages += pagesOfABatch(batch / BATCHES_PER_BUCKET * BUCKET_MS);
        }
        return pages;
    }

    private long pagesOfABatch(long bucketStartMs) {
        Map<CellKey, SliceCounts> batch = new TreeMap<>();
        for (int i = 0; i < BATCH; i++) {
            List<Slice> slices = halves(random, SLICES);
            Score score = Score.of(random.nextDouble() < rate(slices.size() - 1) ? 1 : 0, 1);
            for (Slice slice : slices) {
                batch.computeIfAbsent(new CellKey(VERSION, bucketStartMs, slice), any -> new SliceCounts())
                        .addFirstLabel(score, 0);
                totals.merge(slice, 1L, Long::sum);
            }
        }
        batch.forEach((key, counts) -> cell(key).counts().add(counts));
        panel.forgetBefore(bucketStartMs);
        long pages = panel.look(batch, BATCH, 1, this).stream()
                .map(Sighting::finding)
                .filter(finding -> finding.verdict() == verdict && finding.change() == Change.FIRED)
                .count();
        totals.keySet().forEach(this::watchAnew);
        return pages;
    }

    /** The whole, and each of the slices for half of the inferences. */
    static List<Slice> halves(Random random, List<Slice> slices) {
        List<Slice> drawn = new ArrayList<>(List.of(Slice.OVERALL));
        for (Slice slice : slices) {
            if (random.nextBoolean()) {
                drawn.add(slice);
            }
        }
        return drawn;
    }

    /** How often an inference is wrong that is in so many of the slices. */
    private double rate(int slices) {
        return switch (verdict) {
            case DISPARATE_DEGRADATION -> BASELINE + slices * settings.margin();
            case DEGRADATION -> BASELINE + settings.margin();
            case DISPARITY -> BASELINE + slices * settings.disparityGap();
            case LABEL_COVERAGE, NEW_CONDITION -> throw new IllegalStateException("not about errors: " + verdict);
        };
    }

    private void watchAnew(Slice slice) {
        SliceDetector detector = panel.find(new VersionSlice(VERSION, slice));
        for (Verdict each : Verdict.values()) {
            Watch watch = detector == null ? null : detector.watch(each);
            if (watch != null && watch.status() == Status.FIRING && !watch.waits()) {
                watch.standDown(0);
            }
        }
    }

    @Override
    public BucketCell cell(CellKey key) {
        return cells.computeIfAbsent(key, any -> new BucketCell());
    }

    @Override
    public long scoresAround(VersionSlice key) {
        return totals.getOrDefault(Slice.OVERALL, 0L);
    }
}
