package dev.lastmile.alert;

import dev.lastmile.detection.Effect;
import dev.lastmile.detection.Finding;
import dev.lastmile.detection.Finding.Change;
import dev.lastmile.detection.Sighting;
import dev.lastmile.detection.Verdict;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.VersionSlice;
import dev.lastmile.stats.Interval;
import java.time.Duration;
import java.time.Instant;

/** Findings and contexts for tests of alerts. */
final class Findings {

    static final DeploymentId WARD = new DeploymentId("st-marys", "ward-7");
    static final Slice SCOTTISH = Slice.of("accent", "scottish");
    static final Slice IMAGING_SCOTTISH = Slice.of("noise", "imaging").and("accent", "scottish");
    static final long ONSET_MS = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();
    static final long FIRED_MS = Instant.parse("2026-11-22T13:05:30Z").toEpochMilli();
    static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private Findings() {}

    static AlertContext at(long nowMs) {
        return new AlertContext(
                Metric.WORD_ERROR_RATE,
                new AlertContext.Counted(500, 200, 310, 1_000),
                new AlertContext.Counted(5_000, 2_100, 2_000, 10_000),
                new AlertContext.Counted(4_388, 2_194, 1_300, 10_000),
                "b1f3c9d2e",
                1,
                null,
                "c0ffee",
                nowMs);
    }

    static Sighting of(String version, Slice slice, Finding finding) {
        return new Sighting(new VersionSlice(version, slice), finding);
    }

    static Finding disparate(Change change, long labelled) {
        return new Finding(
                Verdict.DISPARATE_DEGRADATION,
                change,
                new Effect(
                        0.184,
                        new Interval(0.121, 0.247),
                        0.312,
                        0.119,
                        0.13,
                        0.121,
                        labelled,
                        new Effect.Basis(labelled, 4_321, 2_194, 40_000),
                        ONSET_MS,
                        ONSET_MS + 3 * HOUR_MS,
                        SCOTTISH,
                        0.5));
    }

    static Finding degradation(Change change, Slice slice) {
        return new Finding(
                Verdict.DEGRADATION,
                change,
                new Effect(
                        0.052,
                        new Interval(0.03, 0.074),
                        0.182,
                        null,
                        0.13,
                        null,
                        2_310,
                        new Effect.Basis(2_310, 0, 50_000, 0),
                        ONSET_MS,
                        ONSET_MS + HOUR_MS,
                        slice,
                        0.5));
    }

    static Finding disparity(Change change) {
        return new Finding(
                Verdict.DISPARITY,
                change,
                new Effect(
                        0.206,
                        new Interval(0.11, 0.30),
                        0.431,
                        0.225,
                        null,
                        null,
                        89,
                        new Effect.Basis(89, 1_234, 0, 0),
                        ONSET_MS,
                        ONSET_MS + HOUR_MS,
                        null,
                        null));
    }

    /** Since recovery, against the same baseline: the effect is {@code size}, the slice's mean as given. */
    static Finding cleared(Verdict verdict, double size, double sliceMean) {
        boolean rest = verdict != Verdict.DEGRADATION;
        boolean baseline = verdict != Verdict.DISPARITY;
        return new Finding(
                verdict,
                Change.CLEARED,
                new Effect(
                        size,
                        new Interval(size - 0.02, size + 0.02),
                        sliceMean,
                        rest ? 0.121 : null,
                        baseline ? 0.13 : null,
                        verdict == Verdict.DISPARATE_DEGRADATION ? 0.121 : null,
                        420,
                        new Effect.Basis(420, rest ? 4_200 : 0, baseline ? 2_194 : 0, 40_000),
                        ONSET_MS + 24 * HOUR_MS,
                        ONSET_MS + 30 * HOUR_MS,
                        baseline ? SCOTTISH : null,
                        baseline ? 0.5 : null));
    }
}
