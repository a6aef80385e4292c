package dev.lastmile.export;

import dev.lastmile.alert.Alert;
import dev.lastmile.alert.AlertState;
import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.DeploymentSnapshot.HistoryPoint;
import dev.lastmile.alert.DeploymentSnapshot.SmallSlice;
import dev.lastmile.alert.Novelty;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.detection.Verdict;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A deployment that a seed decides: a few dimensions with common and rare values, intersections of some, one model version or two, and
 * of each slice what was received and labelled. Knows all of it, small cells too.
 */
final class Crowds {

    /** What was counted of a slice, or of one bucket of it. */
    record Count(long received, long labelled) {

        Count plus(Count other) {
            return new Count(received + other.received, labelled + other.labelled);
        }
    }

    private static final DeploymentId WARD = new DeploymentId("st-marys", "ward-7");
    private static final int BUCKETS = 4;

    private final SplittableRandom random;
    private final List<String> dimensions = new ArrayList<>();
    private final List<List<String>> sets = new ArrayList<>();
    private final Map<String, Map<Slice, Count>> byVersion = new TreeMap<>();
    private final Map<String, Map<Slice, Map<Integer, Count>>> byBucket = new TreeMap<>();
    private final Map<Slice, Count> all = new TreeMap<>();
    private final Map<Slice, Count> baseline = new TreeMap<>();

    Crowds(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i <= random.nextInt(3); i++) {
            dimensions.add("d" + i);
        }
        sets.add(List.of());
        dimensions.forEach(dimension -> sets.add(List.of(dimension)));
        if (dimensions.size() > 1) {
            sets.add(List.of("d1", "d0"));
        }
        if (dimensions.size() > 2) {
            sets.add(List.of("d0", "d2"));
            if (random.nextBoolean()) {
                sets.add(List.of("d1", "d0", "d2"));
            }
        }
        int versions = 1 + random.nextInt(2);
        int values = 2 + random.nextInt(4);
        int inferences = 30 + random.nextInt(1_500);
        for (int number = 0; number < inferences; number++) {
            infer(versions, values, number < inferences / 2);
        }
    }

    private void infer(int versions, int values, boolean early) {
        Map<String, String> its = new HashMap<>();
        // The minimum of some even draws: the last values are rare.
        dimensions.forEach(dimension -> its.put(dimension, "v" + least(values, 3)));
        String version = "m" + least(versions, 4);
        int bucket = least(BUCKETS, 2);
        Count one = new Count(1, random.nextInt(10) < 8 ? 1 : 0);
        for (List<String> set : sets) {
            Slice slice = new Slice(set.stream()
                    .map(dimension -> new Slice.Term(dimension, its.getOrDefault(dimension, "")))
                    .toList());
            byVersion.computeIfAbsent(version, any -> new TreeMap<>()).merge(slice, one, Count::plus);
            byBucket.computeIfAbsent(version, any -> new TreeMap<>())
                    .computeIfAbsent(slice, any -> new TreeMap<>())
                    .merge(bucket, one, Count::plus);
            all.merge(slice, one, Count::plus);
            if (early) {
                baseline.merge(slice, one, Count::plus);
            }
        }
    }

    private int least(int bound, int draws) {
        int least = random.nextInt(bound);
        for (int i = 1; i < draws; i++) {
            least = Math.min(least, random.nextInt(bound));
        }
        return least;
    }

    /** What there is, by model version. */
    Map<String, Map<Slice, Count>> byVersion() {
        return byVersion;
    }

    /** What there is of all versions together. */
    Map<Slice, Count> all() {
        return all;
    }

    /** What the baseline holds. */
    Map<Slice, Count> baseline() {
        return baseline;
    }

    /** As the monitor knows it. */
    DeploymentSnapshot snapshot() {
        List<SliceStanding> slices = new ArrayList<>();
        List<SmallSlice> small = new ArrayList<>();
        Map<String, List<HistoryPoint>> history = new HashMap<>();
        List<Alert> alerts = new ArrayList<>();
        byVersion.forEach((version, counts) -> counts.forEach((slice, count) -> {
            if (count.labelled() < SliceStanding.MINIMUM_SHOWN) {
                small.add(new SmallSlice(slice, version, count.received(), count.labelled()));
                return;
            }
            slices.add(standing(slice, version, count));
            List<HistoryPoint> points = new ArrayList<>();
            byBucket.getOrDefault(version, Map.of())
                    .getOrDefault(slice, Map.of())
                    .forEach((bucket, its) -> {
                        if (its.labelled() > 0) {
                            points.add(new HistoryPoint(bucket * 3_600_000L, its.labelled(), 1.0 / its.labelled()));
                        }
                    });
            history.putIfAbsent(slice.toString(), points);
            if (slice.terms().size() == 1 && random.nextInt(6) == 0) {
                alerts.add(news(slice, version, counts));
            }
        }));
        Map<Slice, SliceBaseline> learned = parts(baseline);
        return new DeploymentSnapshot(
                WARD,
                Metric.ERROR_RATE,
                new BaselineStanding(
                        Baseline.of(Baseline.Source.LEARNED, 0, 0, 0, 1, learned),
                        null,
                        parts(all),
                        1,
                        learned,
                        200,
                        List.of(),
                        Map.of()),
                slices,
                small,
                history,
                alerts,
                new Ledger(),
                Map.of(),
                0);
    }

    private static SliceStanding standing(Slice slice, String version, Count count) {
        return new SliceStanding(
                slice,
                version,
                count.received(),
                count.labelled(),
                0,
                count.labelled(),
                0,
                0.0,
                new Interval(0, 1),
                null,
                null,
                null,
                null,
                null);
    }

    private static Alert news(Slice slice, String version, Map<Slice, Count> counts) {
        List<Novelty.Need> needs = new ArrayList<>();
        counts.forEach((cell, count) -> {
            if (cell.terms().containsAll(slice.terms()) && count.received() >= SliceStanding.MINIMUM_SHOWN) {
                long labelled = count.labelled() >= SliceStanding.MINIMUM_SHOWN ? count.labelled() : 0;
                needs.add(new Novelty.Need(cell, labelled, 200));
            }
        });
        Count its = counts.getOrDefault(slice, new Count(0, 0));
        return new Alert(
                version + slice,
                Verdict.NEW_CONDITION,
                AlertState.FIRING,
                WARD,
                version,
                slice,
                0,
                new Interval(-1, 1),
                0,
                null,
                null,
                null,
                its.labelled(),
                null,
                null,
                null,
                null,
                null,
                "b1",
                null,
                0,
                1,
                0,
                null,
                List.of(),
                1,
                new Novelty(0, 0.5, needs),
                "c0ffee",
                "something is new");
    }

    private static Map<Slice, SliceBaseline> parts(Map<Slice, Count> counts) {
        Map<Slice, SliceBaseline> parts = new TreeMap<>();
        counts.forEach((slice, count) ->
                parts.put(slice, new SliceBaseline(count.received(), count.labelled(), 0, count.labelled(), 0, 0)));
        return parts;
    }
}
