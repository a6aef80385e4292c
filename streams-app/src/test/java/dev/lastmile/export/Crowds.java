package dev.lastmile.export;

import dev.lastmile.alert.AlertBook;
import dev.lastmile.alert.AlertContext;
import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.DeploymentSnapshot.HistoryPoint;
import dev.lastmile.alert.DeploymentSnapshot.SmallSlice;
import dev.lastmile.alert.Novelty;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.detection.Effect;
import dev.lastmile.detection.Finding;
import dev.lastmile.detection.Finding.Change;
import dev.lastmile.detection.Sighting;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.detection.Verdict;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.VersionSlice;
import dev.lastmile.stats.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

        private Count minus(Count other) {
            return new Count(received - other.received, labelled - other.labelled);
        }

        private Mean missing() {
            return new Mean(received - labelled, received);
        }
    }

    private static final DeploymentId WARD = new DeploymentId("st-marys", "ward-7");
    private static final int BUCKETS = 4;
    private static final List<Verdict> KINDS = List.of(Verdict.values());
    private static final Count NOTHING = new Count(0, 0);

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
        AlertBook book = new AlertBook(WARD, DetectionSettings.DEFAULT);
        byVersion.forEach((version, counts) -> counts.forEach((slice, count) -> {
            if (!slice.isOverall() && random.nextInt(3) == 0) {
                alert(book, slice, version, counts);
            }
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
                book.current(),
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

    /** Some alerts of a slice, as the monitor makes them; all that was counted came since their onset. */
    private void alert(AlertBook book, Slice slice, String version, Map<Slice, Count> counts) {
        Verdict kind = KINDS.get(random.nextInt(KINDS.size()));
        Count its = counts.getOrDefault(slice, NOTHING);
        Count rest = counts.getOrDefault(slice.parent(), NOTHING).minus(its);
        Count before = baseline.getOrDefault(slice, NOTHING);
        Count restBefore = baseline.getOrDefault(slice.parent(), NOTHING).minus(before);
        boolean isNew = kind == Verdict.NEW_CONDITION;
        boolean isCoverage = kind == Verdict.LABEL_COVERAGE;
        long least = isNew ? SliceStanding.MINIMUM_SHOWN : 30;
        long restLeast = kind != Verdict.DEGRADATION && !isNew ? SliceStanding.MINIMUM_SHOWN : 0;
        boolean hasBaseline = !isNew && kind != Verdict.DISPARITY;
        long leastBefore = hasBaseline ? SliceStanding.MINIMUM_SHOWN : 0;
        if ((isNew || isCoverage ? its.received() : its.labelled()) < least
                || (isCoverage ? rest.received() : rest.labelled()) < restLeast
                || Math.min(before.labelled(), restBefore.labelled()) < leastBefore) {
            return;
        }
        Novelty novelty = null;
        if (isNew) {
            List<Novelty.Need> needs = new ArrayList<>();
            counts.forEach((cell, count) -> {
                if (cell.terms().containsAll(slice.terms()) && count.received() >= SliceStanding.MINIMUM_SHOWN) {
                    needs.add(Novelty.Need.of(cell, count.labelled(), 200));
                }
            });
            novelty = Novelty.of(
                    0,
                    its.received(),
                    counts.getOrDefault(Slice.OVERALL, NOTHING).received(),
                    needs);
        }
        long errors = errorsOf(its);
        book.apply(
                new Sighting(
                        new VersionSlice(version, slice),
                        new Finding(
                                kind,
                                isNew ? Change.UPDATED : Change.FIRED,
                                effect(kind, errors, its, rest, before, restBefore))),
                new AlertContext(
                        Metric.ERROR_RATE,
                        new AlertContext.Counted(its.received(), its.labelled(), errors, its.labelled()),
                        new AlertContext.Counted(rest.received(), rest.labelled(), 0, rest.labelled()),
                        hasBaseline
                                ? new AlertContext.Counted(
                                        before.received(), before.labelled(), errorsOf(before), before.labelled())
                                : AlertContext.Counted.NOTHING,
                        "b1",
                        1,
                        novelty,
                        "c0ffee",
                        0));
    }

    private long errorsOf(Count count) {
        return random.nextLong(count.labelled() + 1);
    }

    private Effect effect(Verdict kind, long errors, Count its, Count rest, Count before, Count restBefore) {
        boolean isCoverage = kind == Verdict.LABEL_COVERAGE;
        boolean hasBaseline = kind != Verdict.NEW_CONDITION && kind != Verdict.DISPARITY;
        Mean slice = isCoverage ? its.missing() : new Mean(errors, its.labelled());
        Mean beside = kind == Verdict.DEGRADATION
                ? Mean.NONE
                : isCoverage ? rest.missing() : new Mean(errorsOf(rest), rest.labelled());
        Mean then = !hasBaseline
                ? Mean.NONE
                : isCoverage ? before.missing() : new Mean(errorsOf(before), before.labelled());
        Mean besideThen = !hasBaseline || kind == Verdict.DEGRADATION
                ? Mean.NONE
                : isCoverage ? restBefore.missing() : new Mean(errorsOf(restBefore), restBefore.labelled());
        double size = slice.mean() - beside.mean() - (then.mean() - besideThen.mean());
        double half = 2 * Math.sqrt(0.25 / Math.max(1, slice.of()));
        return new Effect(
                size,
                new Interval(size - half, size + half),
                slice.mean(),
                beside.nullable(),
                then.nullable(),
                besideThen.nullable(),
                slice.of(),
                new Effect.Basis(slice.of(), beside.of(), then.of(), besideThen.of()),
                0,
                1,
                null,
                then.of() == 0 || kind == Verdict.LABEL_COVERAGE
                        ? null
                        : (Double) (before.labelled() / (double) before.received()));
    }

    /** How many of how many. */
    private record Mean(long count, long of) {

        private static final Mean NONE = new Mean(0, 0);

        private double mean() {
            return of == 0 ? 0 : count / (double) of;
        }

        private @Nullable Double nullable() {
            return of == 0 ? null : (Double) mean();
        }
    }

    private static Map<Slice, SliceBaseline> parts(Map<Slice, Count> counts) {
        Map<Slice, SliceBaseline> parts = new TreeMap<>();
        counts.forEach((slice, count) ->
                parts.put(slice, new SliceBaseline(count.received(), count.labelled(), 0, count.labelled(), 0, 0)));
        return parts;
    }
}
