package dev.lastmile.detection;

import dev.lastmile.detection.Finding.Change;
import dev.lastmile.score.Score;
import dev.lastmile.slice.BucketCell;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.stats.DelayHistogram;
import dev.lastmile.stats.RatioSums;
import dev.lastmile.stats.ScoreHistogram;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A panel of label coverage that knows the truth, and a slice of half the traffic whose coverage has fallen by exactly as
 * much more than that of its rest as is tolerated: where the false-alarm rate is highest. After a page a new panel watches.
 */
final class CoverageAtTheEdge {

    private static final String VERSION = "v1";
    private static final List<Slice> SLICES = List.of(Slice.of("accent", "scottish"), Slice.of("noise", "ward"));
    private static final int BUCKET = 20;
    private static final long BUCKET_MS = 1_000;
    private static final double MISSING = 0.2;

    /** So many that what is learned from them is the truth. */
    private static final long MANY = 10_000_000_000L;

    private final DetectionSettings settings;
    private final Random random;
    private CoveragePanel panel;
    private long bucketStartMs;
    private long labelled;

    CoverageAtTheEdge(long budget, long seed) {
        settings = EdgeOfTheNull.settings(budget);
        random = new Random(seed);
        panel = thatKnowsTheTruth();
    }

    private CoveragePanel thatKnowsTheTruth() {
        CoveragePanel fresh = new CoveragePanel(settings, BUCKET_MS);
        Map<Slice, SliceCounts> learned = new TreeMap<>(Map.of(Slice.OVERALL, labelled(2 * MANY)));
        SLICES.forEach(slice -> learned.put(slice, labelled(MANY)));
        look(fresh, learned);
        return fresh;
    }

    private static SliceCounts labelled(long received) {
        return new SliceCounts(
                received,
                Math.round((1 - MISSING) * received),
                0,
                0,
                0,
                0,
                new RatioSums(),
                new ScoreHistogram(),
                new DelayHistogram());
    }

    private List<Sighting> look(CoveragePanel watching, Map<Slice, SliceCounts> bucket) {
        bucketStartMs += BUCKET_MS;
        return watching.look(VERSION, bucketStartMs, bucket, 1, key -> new BucketCell());
    }

    /** Pages until so many more inferences were labelled. */
    long pages(long moreLabelled) {
        long pages = 0;
        for (long until = labelled + moreLabelled; labelled < until; ) {
            if (look(panel, next()).stream()
                    .anyMatch(sighting -> sighting.finding().change() == Change.FIRED)) {
                pages++;
                panel = thatKnowsTheTruth();
            }
        }
        return pages;
    }

    private Map<Slice, SliceCounts> next() {
        Map<Slice, SliceCounts> bucket = new TreeMap<>();
        for (int i = 0; i < BUCKET; i++) {
            List<Slice> slices = EdgeOfTheNull.halves(random, SLICES);
            boolean missing = random.nextDouble() < MISSING + (slices.size() - 1) * settings.coverageMargin();
            for (Slice slice : slices) {
                count(bucket.computeIfAbsent(slice, any -> new SliceCounts()), missing);
            }
            labelled += missing ? 0 : 1;
        }
        return bucket;
    }

    private static void count(SliceCounts counts, boolean missing) {
        counts.addReceived();
        if (!missing) {
            counts.addFirstLabel(Score.of(0, 1), 0);
        }
    }
}
