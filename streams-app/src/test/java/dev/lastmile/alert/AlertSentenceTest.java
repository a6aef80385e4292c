package dev.lastmile.alert;

import static dev.lastmile.alert.Findings.FIRED_MS;
import static dev.lastmile.alert.Findings.HOUR_MS;
import static dev.lastmile.alert.Findings.IMAGING_SCOTTISH;
import static dev.lastmile.alert.Findings.SCOTTISH;
import static dev.lastmile.alert.Findings.WARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.alert.AlertContext.Counted;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.detection.Effect;
import dev.lastmile.detection.Finding;
import dev.lastmile.detection.Finding.Change;
import dev.lastmile.detection.Verdict;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertSentenceTest {

    private final AlertBook book = new AlertBook(WARD, DetectionSettings.DEFAULT);

    private String fired(Slice slice, Finding finding) {
        return book.apply(Findings.of("v3", slice, finding), Findings.at(FIRED_MS))
                .get(0)
                .message();
    }

    private String next(Slice slice, Finding finding) {
        return book.apply(Findings.of("v3", slice, finding), Findings.at(FIRED_MS + 30 * HOUR_MS))
                .get(0)
                .message();
    }

    @Test
    void disparateDegradationSaysByHowMuchMoreAndWhoseBaseline() {
        assertThat(fired(IMAGING_SCOTTISH, Findings.disparate(Change.FIRED, 138)))
                .isEqualTo("st-marys/ward-7 (model v3): average word error rate per utterance (each at most 100 %) for "
                        + "accent=scottish within noise=imaging rose 18.0 points more than for the rest of noise=imaging "
                        + "(from 13.0 % to 31.0 %; the rest from 12.1 % to 11.9 %), over at least 100 labelled inferences since "
                        + "2026-11-22 10:00 UTC; labelled so far: 40.0 % of its inferences, 42.0 % of the rest's (50.0 % at "
                        + "the baseline); baseline b1f3c9d2e of accent=scottish, as it holds no "
                        + "accent=scottish within noise=imaging.");
    }

    @Test
    void sliceWithItsOwnBaselineNamesTheVersionOnly() {
        assertThat(fired(SCOTTISH, Findings.disparate(Change.FIRED, 138)))
                .contains("for accent=scottish rose 18.0 points more than for the rest of the deployment (")
                .endsWith("; baseline b1f3c9d2e.");
    }

    @Test
    void degradationSaysFromWhatToWhat() {
        assertThat(fired(Slice.OVERALL, Findings.degradation(Change.FIRED, Slice.OVERALL)))
                .isEqualTo("st-marys/ward-7 (model v3): average word error rate per utterance (each at most 100 %) for "
                        + "all inferences rose 5.2 points (from 13.0 % to 18.2 %), over at least 2,000 labelled inferences since "
                        + "2026-11-22 10:00 UTC; labelled so far: 40.0 % of its inferences, 42.0 % of the rest's (50.0 % at "
                        + "the baseline); baseline b1f3c9d2e.");
    }

    @Test
    void disparitySaysHowMuchHigherNow() {
        assertThat(fired(SCOTTISH, Findings.disparity(Change.FIRED)))
                .isEqualTo("st-marys/ward-7 (model v3): average word error rate per utterance (each at most 100 %) for "
                        + "accent=scottish is 20.0 points higher than for the rest of the deployment (44.0 % against "
                        + "22.5 %), over at least 50 labelled inferences since 2026-11-22 10:00 UTC; labelled so far: 40.0 % of its "
                        + "inferences, 42.0 % of the rest's.");
    }

    @Test
    void coverageThatFellSpeaksOfLabelsAndNotOfErrors() {
        Effect effect = new Effect(
                0.35,
                new Interval(0.31, 0.39),
                0.55,
                0.22,
                0.19,
                0.21,
                300,
                new Effect.Basis(300, 3_000, 2_194, 40_000),
                Findings.ONSET_MS,
                Findings.ONSET_MS + HOUR_MS,
                SCOTTISH,
                0.81);

        assertThat(fired(SCOTTISH, new Finding(Verdict.LABEL_COVERAGE, Change.FIRED, effect)))
                .isEqualTo(
                        "st-marys/ward-7 (model v3): label coverage for accent=scottish fell 35.0 points more than for the "
                                + "rest of the deployment (from 81.0 % to 45.0 %; the rest from 79.0 % to 78.0 %), so that error rates "
                                + "of it may mislead, over at least 200 inferences since 2026-11-22 10:00 UTC.");
    }

    @Test
    void newConditionSaysSinceWhenHowMuchAndWhichLabelsAreNeeded() {
        Slice imaging = Slice.of("noise", "imaging");
        Effect effect = new Effect(
                0.05,
                new Interval(0.01, 0.09),
                0.2,
                0.15,
                null,
                null,
                143,
                new Effect.Basis(143, 600, 0, 0),
                Findings.ONSET_MS,
                FIRED_MS,
                null,
                null);
        AlertContext context = new AlertContext(
                Metric.ERROR_RATE,
                Counted.NOTHING,
                Counted.NOTHING,
                Counted.NOTHING,
                "b1",
                1,
                Novelty.of(
                        Findings.ONSET_MS,
                        201,
                        1_000,
                        List.of(Novelty.Need.of(imaging, 143, 200), Novelty.Need.of(IMAGING_SCOTTISH, 12, 200))),
                "c0ffee",
                FIRED_MS);

        assertThat(book.apply(
                                Findings.of("v3", imaging, new Finding(Verdict.NEW_CONDITION, Change.UPDATED, effect)),
                                context)
                        .get(0)
                        .message())
                .isEqualTo("st-marys/ward-7 (model v3): noise=imaging is new, baseline b1 holds none of it: first seen "
                        + "2026-11-22 10:00 UTC, at least 20.0 % of the inferences since, at least 100 labelled, error rate 20.0 % of late "
                        + "against 15.0 % for the rest of the deployment; labels needed: noise=imaging (200), accent=scottish "
                        + "within noise=imaging (200).");
    }

    @Test
    void sessionsThatCountLessAreNamed() {
        AlertContext half = new AlertContext(
                Metric.ERROR_RATE,
                Counted.NOTHING,
                Counted.NOTHING,
                Counted.NOTHING,
                "b1",
                0.5,
                null,
                "c0ffee",
                FIRED_MS);

        assertThat(book.apply(Findings.of("v3", SCOTTISH, Findings.disparate(Change.FIRED, 138)), half)
                        .get(0)
                        .message())
                .endsWith("; as inferences of one session hang together, each counted as 0.50 of one.");
    }

    @Test
    void staleSaysThatNobodyKnows() {
        fired(SCOTTISH, Findings.disparity(Change.FIRED));

        assertThat(book.tick(FIRED_MS + 24 * HOUR_MS).get(0).message())
                .isEqualTo(
                        "st-marys/ward-7 (model v3): no labels of accent=scottish since 2026-11-22 13:05 UTC, so nobody "
                                + "knows whether this still holds: average word error rate per utterance (each at most 100 %) for "
                                + "accent=scottish is 20.0 points higher than for the rest of the deployment (44.0 % against "
                                + "22.5 %), over at least 50 labelled inferences since 2026-11-22 10:00 UTC; labelled so far: 40.0 % "
                                + "of its inferences, 42.0 % of the rest's.");
    }

    @Test
    void resolvedDisparateDegradationSaysHowMuchIsLeft() {
        fired(SCOTTISH, Findings.disparate(Change.FIRED, 138));

        assertThat(next(SCOTTISH, Findings.cleared(Verdict.DISPARATE_DEGRADATION, -0.004, 0.126)))
                .isEqualTo("st-marys/ward-7 (model v3): resolved: average word error rate per utterance (each at most "
                        + "100 %) for accent=scottish no longer stands out: since the baseline it rose 0.5 points less "
                        + "than for the rest of the deployment, over at least the last 200 labelled inferences; the alert was "
                        + "raised at 2026-11-22 13:05 UTC.");
    }

    @Test
    void resolvedDegradationSaysWhereItIsNow() {
        fired(SCOTTISH, Findings.degradation(Change.FIRED, SCOTTISH));

        assertThat(next(SCOTTISH, Findings.cleared(Verdict.DEGRADATION, 0.004, 0.134)))
                .isEqualTo("st-marys/ward-7 (model v3): resolved: average word error rate per utterance (each at most "
                        + "100 %) for accent=scottish is 0.5 points above its baseline (13.5 % against 13.0 %), over at "
                        + "least the last 200 labelled inferences; the alert was raised at 2026-11-22 13:05 UTC.");
    }

    @Test
    void resolvedDisparitySaysWhereBothAreNow() {
        fired(SCOTTISH, Findings.disparity(Change.FIRED));

        assertThat(next(SCOTTISH, Findings.cleared(Verdict.DISPARITY, 0.013, 0.134)))
                .isEqualTo("st-marys/ward-7 (model v3): resolved: average word error rate per utterance (each at most "
                        + "100 %) for accent=scottish is 1.5 points higher than for the rest of the deployment (13.5 % "
                        + "against 12.1 %), over at least the last 200 labelled inferences; the alert was raised at 2026-11-22 "
                        + "13:05 UTC.");
    }

    @Test
    void endWithoutProofIsNotCalledARecovery() {
        fired(SCOTTISH, Findings.disparate(Change.FIRED, 138));

        assertThat(book.reset(EndReason.NEW_BASELINE, FIRED_MS + HOUR_MS).get(0).message())
                .isEqualTo("st-marys/ward-7 (model v3): ended without proof of recovery, because a new baseline is in "
                        + "force: whether accent=scottish is still worse must be shown anew; the alert was raised at "
                        + "2026-11-22 13:05 UTC.");
    }

    @Test
    void otherMetricsAreCalledByTheirNames() {
        AlertContext errors = new AlertContext(
                Metric.FALSE_NEGATIVE_RATE,
                Counted.NOTHING,
                Counted.NOTHING,
                Counted.NOTHING,
                "b1",
                1,
                null,
                "c0ffee",
                FIRED_MS);
        AlertContext distances = new AlertContext(
                Metric.ABSOLUTE_ERROR,
                Counted.NOTHING,
                Counted.NOTHING,
                Counted.NOTHING,
                "b1",
                1,
                null,
                "c0ffee",
                FIRED_MS);
        Finding finding = Findings.degradation(Change.FIRED, SCOTTISH);

        assertThat(book.apply(Findings.of("v3", SCOTTISH, finding), errors)
                        .get(0)
                        .message())
                .startsWith("st-marys/ward-7 (model v3): false negative rate for accent=scottish rose 5.2 points (");
        assertThat(book.apply(Findings.of("v4", SCOTTISH, finding), distances)
                        .get(0)
                        .message())
                .startsWith("st-marys/ward-7 (model v4): average absolute error (in percent of its scale) for "
                        + "accent=scottish rose 5.2 points (");
    }
}
