package dev.lastmile.detection;

import static dev.lastmile.detection.Scores.HOUR_MS;
import static dev.lastmile.detection.Scores.SCOTTISH;
import static dev.lastmile.detection.Scores.baselineOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.detection.Finding.Change;
import dev.lastmile.detection.SliceDetector.Status;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.ScoreHistogram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SliceDetectorTest {

    private static final DetectionSettings SETTINGS = DetectionSettings.DEFAULT;

    /** A detector that is fed batches of 100 labels, an hour each: 10 of the slice, 90 of its rest. */
    private static final class Feed {
        private SliceDetector detector;
        private final Random random = new Random(11);
        private double clock;
        private int hour;

        Feed(SliceDetector detector) {
            this.detector = detector;
        }

        static Feed with(@Nullable Reference reference) {
            return new Feed(SliceDetector.start(SETTINGS, SCOTTISH, reference, 0));
        }

        List<Finding> next(double sliceRate, double restRate) {
            clock += 100;
            hour++;
            return at(hour, sliceRate, restRate);
        }

        List<Finding> at(int itsHour, double sliceRate, double restRate) {
            ScoreHistogram slice = Scores.drawn(random, 10, sliceRate);
            List<Finding> findings = new ArrayList<>(
                    detector.observePair(slice, Scores.drawn(random, 90, restRate), Scores.look(clock, itsHour)));
            findings.addAll(detector.observeOwn(slice, Scores.look(clock, itsHour)));
            return findings;
        }

        /** Findings of one verdict that are more than news of numbers. */
        List<Finding> run(Verdict verdict, int batches, double sliceRate, double restRate) {
            List<Finding> changes = new ArrayList<>();
            for (int i = 0; i < batches; i++) {
                for (Finding finding : next(sliceRate, restRate)) {
                    if (finding.verdict() == verdict && finding.change() != Change.UPDATED) {
                        changes.add(finding);
                    }
                }
            }
            return changes;
        }
    }

    @Test
    void sliceThatGotWorseThanItsRestFires() {
        Feed feed = Feed.with(Scores.reference());
        feed.run(Verdict.DISPARATE_DEGRADATION, 100, 0.1, 0.1);

        List<Finding> changes = feed.run(Verdict.DISPARATE_DEGRADATION, 60, 0.3, 0.1);

        assertThat(changes).hasSize(1);
        Finding fired = changes.get(0);
        Effect effect = fired.effect();
        assertThat(fired.change()).isEqualTo(Change.FIRED);
        assertThat(effect.size()).isCloseTo(0.2, within(0.12));
        assertThat(effect.interval().lower()).isLessThan(effect.size());
        assertThat(effect.interval().upper()).isGreaterThan(effect.size());
        assertThat(effect.baselineSliceMean()).isCloseTo(0.1, within(1e-12));
        assertThat(effect.baselineRestMean()).isCloseTo(0.1, within(1e-12));
        assertThat(effect.restMean()).isCloseTo(0.1, within(0.03));
        assertThat(effect.labelled()).isBetween(30L, 250L);
        assertThat(effect.baselineSlice()).isEqualTo(SCOTTISH);
        assertThat(effect.baselineCoverage()).isEqualTo(1);
        assertThat(feed.detector.status(Verdict.DISPARATE_DEGRADATION)).isEqualTo(Status.FIRING);
        assertThat(feed.detector.evidence(Verdict.DISPARATE_DEGRADATION).orElseThrow())
                .isGreaterThanOrEqualTo(1);
    }

    @Test
    void onsetIsFoundNearTheChange() {
        Feed feed = Feed.with(Scores.reference());
        feed.run(Verdict.DISPARATE_DEGRADATION, 200, 0.1, 0.1);

        Finding fired = feed.run(Verdict.DISPARATE_DEGRADATION, 60, 0.3, 0.1).get(0);

        assertThat(fired.effect().windowStartMs()).isBetween(190 * HOUR_MS, 206 * HOUR_MS);
    }

    @Test
    void everybodyGettingWorseIsNoDisparity() {
        Feed feed = Feed.with(Scores.reference());

        assertThat(feed.run(Verdict.DISPARATE_DEGRADATION, 300, 0.2, 0.2)).isEmpty();
        assertThat(feed.detector.status(Verdict.DEGRADATION)).isEqualTo(Status.FIRING);
    }

    @Test
    void restGettingBetterIsSuspectButDoesNotPage() {
        Feed feed = Feed.with(Scores.reference());

        assertThat(feed.run(Verdict.DISPARATE_DEGRADATION, 1_000, 0.1, 0.01)).isEmpty();
        assertThat(feed.detector.status(Verdict.DISPARATE_DEGRADATION)).isEqualTo(Status.SUSPECT);
        assertThat(feed.detector.evidence(Verdict.DISPARATE_DEGRADATION).orElseThrow())
                .isFinite()
                .isGreaterThan(1);
    }

    @Test
    void smallBaselineIsSuspectButDoesNotPage() {
        Reference small = Scores.baseline(
                        Map.of(Slice.OVERALL, baselineOf(50_000, 0.1), SCOTTISH, baselineOf(190, 0.1)))
                .referenceFor(SCOTTISH, 200)
                .orElseThrow();
        Feed feed = Feed.with(small);

        assertThat(feed.run(Verdict.DISPARATE_DEGRADATION, 300, 0.4, 0.1)).isEmpty();
        assertThat(feed.run(Verdict.DEGRADATION, 1, 0.4, 0.1)).isEmpty();
        assertThat(feed.detector.status(Verdict.DISPARATE_DEGRADATION)).isEqualTo(Status.SUSPECT);
        assertThat(feed.detector.status(Verdict.DEGRADATION)).isEqualTo(Status.SUSPECT);
    }

    @Test
    void fewLabelsDoNotPage() {
        Feed feed = Feed.with(Scores.reference());

        // Two batches of nothing but errors: evidence enough, labels too few.
        List<Finding> early = feed.run(Verdict.DISPARATE_DEGRADATION, 2, 1, 0.1);
        Status status = feed.detector.status(Verdict.DISPARATE_DEGRADATION);
        List<Finding> later = feed.run(Verdict.DISPARATE_DEGRADATION, 3, 1, 0.1);

        assertThat(early).isEmpty();
        assertThat(status).isEqualTo(Status.SUSPECT);
        assertThat(later).extracting(Finding::change).containsExactly(Change.FIRED);
        assertThat(later.get(0).effect().labelled()).isGreaterThanOrEqualTo(30);
    }

    @Test
    void alarmStaysWhileTheEffectStays() {
        Feed feed = Feed.with(Scores.reference());

        assertThat(feed.run(Verdict.DISPARATE_DEGRADATION, 1_000, 0.25, 0.1))
                .extracting(Finding::change)
                .containsExactly(Change.FIRED);
        assertThat(feed.detector.disparateEffect().orElseThrow()).isCloseTo(0.15, within(0.02));
    }

    @Test
    void alarmEndsByEvidenceAndCanComeAgain() {
        Feed feed = Feed.with(Scores.reference());

        List<Finding> changes = feed.run(Verdict.DISPARATE_DEGRADATION, 60, 0.3, 0.1);
        changes.addAll(feed.run(Verdict.DISPARATE_DEGRADATION, 300, 0.1, 0.1));
        double afterwards =
                feed.detector.evidence(Verdict.DISPARATE_DEGRADATION).orElseThrow();
        changes.addAll(feed.run(Verdict.DISPARATE_DEGRADATION, 60, 0.3, 0.1));

        assertThat(changes).extracting(Finding::change).containsExactly(Change.FIRED, Change.CLEARED, Change.FIRED);
        assertThat(changes.get(1).effect().size()).isLessThan(SETTINGS.clearEffect());
        assertThat(afterwards).isLessThan(0.1);
    }

    @Test
    void lateLabelsFromBeforeTheOnsetDoNotEndAnAlarm() {
        Feed feed = Feed.with(Scores.reference());
        feed.run(Verdict.DISPARATE_DEGRADATION, 100, 0.1, 0.1);
        feed.run(Verdict.DISPARATE_DEGRADATION, 60, 0.3, 0.1);

        List<Finding> late = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            late.addAll(feed.at(5, 0, 0.1));
        }

        assertThat(late).isEmpty();
        assertThat(feed.detector.status(Verdict.DISPARATE_DEGRADATION)).isEqualTo(Status.FIRING);
    }

    @Test
    void fixedGapNeedsNoBaseline() {
        Feed feed = Feed.with(null);

        assertThat(feed.run(Verdict.DISPARITY, 100, 0.3, 0.1))
                .extracting(Finding::change)
                .containsExactly(Change.FIRED);
        assertThat(feed.detector.evidence(Verdict.DEGRADATION)).isEmpty();
        assertThat(feed.detector.disparateEffect()).isEmpty();
    }

    @Test
    void gapWithinTheToleratedOneIsNoAlarm() {
        Feed feed = Feed.with(null);

        assertThat(feed.run(Verdict.DISPARITY, 1_000, 0.14, 0.1)).isEmpty();
    }

    @Test
    void overallIsWatchedForDegradationOnly() {
        Reference overall = Scores.baseline(Map.of(Slice.OVERALL, baselineOf(50_000, 0.1)))
                .referenceFor(Slice.OVERALL, 200)
                .orElseThrow();
        SliceDetector detector = SliceDetector.start(SETTINGS, Slice.OVERALL, overall, 0);

        assertThat(detector.evidence(Verdict.DEGRADATION)).isPresent();
        assertThat(detector.evidence(Verdict.DISPARATE_DEGRADATION)).isEmpty();
        assertThat(detector.evidence(Verdict.DISPARITY)).isEmpty();
        assertThat(detector.observePair(Scores.answers(1, 9), Scores.answers(9, 1), Scores.look(20, 1)))
                .isEmpty();
    }

    @Test
    void pairIsHeldUntilBothSidesAreThere() {
        SliceDetector detector = SliceDetector.start(SETTINGS, SCOTTISH, Scores.reference(), 0);

        assertThat(detector.pairs(0, 50)).isFalse();
        assertThat(detector.pairs(5, 0)).isFalse();
        assertThat(detector.pairs(5, 20)).isTrue();
    }

    @Test
    void pairIsHeldWhileTheSliceIsAheadOfItsRest() {
        Feed feed = Feed.with(Scores.reference());
        feed.run(Verdict.DISPARITY, 30, 0.1, 0.1);

        assertThat(feed.detector.pairs(1_000, 20)).isFalse();
        assertThat(feed.detector.pairs(100, 399)).isFalse();
        assertThat(feed.detector.pairs(100, 400)).isTrue();
    }

    @Test
    void sliceThatGrewSinceTheBaselineIsNotHeldForEver() {
        SliceDetector detector = SliceDetector.start(SETTINGS, SCOTTISH, Scores.reference(), 0);
        for (int clock = 100; clock <= 5_000; clock += 100) {
            detector.observeOwn(Scores.answers(45, 5), Scores.look(clock, clock / 100));
        }

        assertThat(detector.pairs(50, 50)).isTrue();
    }

    @Test
    void emptyBatchesChangeNothing() throws IOException {
        Feed feed = Feed.with(Scores.reference());
        feed.run(Verdict.DISPARITY, 30, 0.15, 0.1);
        byte[] before = written(feed.detector);

        feed.detector.observePair(new ScoreHistogram(), Scores.answers(90, 10), Scores.look(3_100, 31));
        feed.detector.observePair(Scores.answers(9, 1), new ScoreHistogram(), Scores.look(3_200, 32));
        feed.detector.observeOwn(new ScoreHistogram(), Scores.look(3_300, 33));

        assertThat(written(feed.detector)).isEqualTo(before);
    }

    @Test
    void restoredDetectorGoesOnBitByBit() throws IOException {
        Feed original = Feed.with(Scores.reference());
        Feed restored = Feed.with(Scores.reference());
        for (int batch = 0; batch < 500; batch++) {
            double rate = batch > 100 && batch < 200 ? 0.3 : 0.1;

            List<Finding> expected = original.next(rate, 0.1);
            restored.detector = read(written(restored.detector), Scores.reference());

            assertThat(restored.next(rate, 0.1)).isEqualTo(expected);
            assertThat(written(restored.detector)).isEqualTo(written(original.detector));
        }
    }

    @Test
    void newBaselineLeavesDisparityAlone() {
        Feed feed = Feed.with(null);
        feed.run(Verdict.DISPARITY, 100, 0.3, 0.1);

        SliceDetector rebased = feed.detector.rebased(Scores.reference(), feed.clock);

        assertThat(rebased.status(Verdict.DISPARITY)).isEqualTo(Status.FIRING);
        assertThat(rebased.evidence(Verdict.DISPARATE_DEGRADATION)).hasValue(0);
    }

    @Test
    void stateThatFitsNoReferenceIsRefused() throws IOException {
        byte[] state = written(Feed.with(Scores.reference()).detector);
        byte[] other = state.clone();
        other[0] = 77;

        assertThatThrownBy(() -> read(state, null)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(written(Feed.with(null).detector), Scores.reference()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(other, Scores.reference()))
                .hasMessage("state of a detector must have format 3: 77");
    }

    private static byte[] written(SliceDetector detector) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        detector.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static SliceDetector read(byte[] state, @Nullable Reference reference) throws IOException {
        return SliceDetector.readFrom(
                new DataInputStream(new ByteArrayInputStream(state)), SETTINGS, SCOTTISH, reference);
    }
}
