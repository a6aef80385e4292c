package dev.lastmile.topology;

import dev.lastmile.alert.DeploymentSnapshot.HistoryPoint;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.detection.SliceDetector;
import dev.lastmile.detection.Verdict;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.RecentBuckets;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.slice.VersionSlice;
import dev.lastmile.stats.Coarse;
import dev.lastmile.stats.RatioSums;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Puts into words for people what the second stage knows of a slice. */
final class Standings {

    /** A recent ratio reaches back until it rests on this many labels. */
    private static final long RECENT_LABELLED = 200;

    private Standings() {}

    static SliceStanding of(
            Metric metric,
            VersionSlice key,
            SliceCounts total,
            RecentBuckets buckets,
            @Nullable Baseline baseline,
            @Nullable SliceDetector detector) {
        RatioSums ratio = total.ratio();
        return new SliceStanding(
                key.slice(),
                key.modelVersion(),
                total.received(),
                total.labelled(),
                ratio.errors(),
                ratio.trials(),
                total.emptyReferences(),
                nullable(ratio.ratio()),
                ratio.interval().map(metric::possible).orElse(null),
                recentRatio(buckets),
                baselineRatio(key, baseline),
                nullable(total.labelDelays().medianSeconds()),
                detector == null ? null : nullable(detector.disparateEffect()),
                detector == null ? null : evidence(detector));
    }

    static List<HistoryPoint> history(RecentBuckets buckets) {
        List<HistoryPoint> points = new ArrayList<>();
        buckets.forEach((startMs, sums) -> {
            if (sums.labelled() >= SliceStanding.MINIMUM_SHOWN && sums.trials() > 0) {
                points.add(new HistoryPoint(startMs, sums.labelled(), sums.errors() / (double) sums.trials()));
            }
        });
        return points;
    }

    /** Of two versions' histories of one slice, the one that goes on longer. */
    static List<HistoryPoint> newer(List<HistoryPoint> one, List<HistoryPoint> other) {
        return lastOf(one) >= lastOf(other) ? one : other;
    }

    private static long lastOf(List<HistoryPoint> points) {
        return points.isEmpty() ? Long.MIN_VALUE : points.get(points.size() - 1).bucketStartMs();
    }

    private static @Nullable Double recentRatio(RecentBuckets buckets) {
        RecentBuckets.Sums newest = buckets.newest(RECENT_LABELLED);
        return newest.labelled() < SliceStanding.MINIMUM_SHOWN || newest.trials() == 0
                ? null
                : (Double) Coarse.ratio(newest.errors() / (double) newest.trials(), newest.labelled());
    }

    private static @Nullable Double baselineRatio(VersionSlice key, @Nullable Baseline baseline) {
        SliceBaseline own = baseline == null ? null : baseline.slices().get(key.slice());
        if (own == null || own.labelled() < SliceStanding.MINIMUM_SHOWN) {
            return null;
        }
        // A service card may give means without counts of errors; its mean is then the best that is known.
        double ratio = own.trials() > 0 ? own.errors() / (double) own.trials() : own.mean();
        // Where it is shown the baseline's part need not be, and in full it would say how many that has.
        return Coarse.ratio(ratio, own.labelled());
    }

    private static @Nullable Double evidence(SliceDetector detector) {
        Double largest = null;
        for (Verdict verdict : Verdict.values()) {
            OptionalDouble evidence = detector.evidence(verdict);
            if (evidence.isPresent() && (largest == null || evidence.getAsDouble() > largest)) {
                largest = evidence.getAsDouble();
            }
        }
        // Of few scores each step of it could be worked out; it never looks as if it had reached 1 before it has.
        return largest == null ? null : (Double) (Math.floor(100 * largest) / 100);
    }

    private static @Nullable Double nullable(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
