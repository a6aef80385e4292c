package dev.lastmile.alert;

import static dev.lastmile.alert.Findings.FIRED_MS;
import static dev.lastmile.alert.Findings.HOUR_MS;
import static dev.lastmile.alert.Findings.IMAGING_SCOTTISH;
import static dev.lastmile.alert.Findings.SCOTTISH;
import static dev.lastmile.alert.Findings.WARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.detection.Claim;
import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.detection.Finding;
import dev.lastmile.detection.Finding.Change;
import dev.lastmile.detection.Sighting;
import dev.lastmile.detection.Verdict;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.VersionSlice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertBookTest {

    private static final Finding CLEARED = Findings.cleared(Verdict.DISPARATE_DEGRADATION, 0.004, 0.134);

    private final AlertBook book = new AlertBook(WARD, DetectionSettings.DEFAULT);

    private List<Alert> fire(long nowMs) {
        return apply(Findings.disparate(Change.FIRED, 138), nowMs);
    }

    private List<Alert> apply(Finding finding, long nowMs) {
        return book.apply(Findings.of("v3", SCOTTISH, finding), Findings.at(nowMs));
    }

    private List<Alert> degraded(Slice slice, Change change) {
        return book.apply(Findings.of("v3", slice, Findings.degradation(change, slice)), Findings.at(FIRED_MS));
    }

    @Test
    void alertCarriesAllThatWasFound() {
        Alert alert = fire(FIRED_MS).get(0);

        assertThat(alert.alertId()).matches("[0-9a-f]{16}");
        assertThat(alert.kind()).isEqualTo(Verdict.DISPARATE_DEGRADATION);
        assertThat(alert.state()).isEqualTo(AlertState.FIRING);
        assertThat(alert.deployment()).isEqualTo(WARD);
        assertThat(alert.modelVersion()).isEqualTo("v3");
        assertThat(alert.slice()).isEqualTo(SCOTTISH);
        assertThat(alert.effect()).isEqualTo(0.18);
        assertThat(alert.interval().lower()).isEqualTo(0.12);
        assertThat(alert.sliceMean()).isEqualTo(0.31);
        assertThat(alert.restMean()).isEqualTo(0.119);
        assertThat(alert.baselineSliceMean()).isEqualTo(0.13);
        assertThat(alert.baselineRestMean()).isEqualTo(0.121);
        assertThat(alert.labelled()).isEqualTo(100);
        assertThat(alert.coverageNow()).isEqualTo(0.4);
        assertThat(alert.coverageAtBaseline()).isEqualTo(0.5);
        assertThat(alert.ratioNow()).isEqualTo(0.31);
        assertThat(alert.ratioAtBaseline()).isEqualTo(0.13);
        assertThat(alert.baselineVersion()).isEqualTo("b1f3c9d2e");
        assertThat(alert.baselineSlice()).isEqualTo(SCOTTISH);
        assertThat(alert.windowStartMs()).isEqualTo(Findings.ONSET_MS);
        assertThat(alert.startedAtMs()).isEqualTo(FIRED_MS);
        assertThat(alert.endedAtMs()).isNull();
        assertThat(alert.configurationHash()).isEqualTo("c0ffee");
        assertThat(book.current()).containsExactly(alert);
    }

    @Test
    void disparityNamesNoBaseline() {
        Alert alert = apply(Findings.disparity(Change.FIRED), FIRED_MS).get(0);

        assertThat(alert.baselineVersion()).isNull();
        assertThat(alert.baselineSlice()).isNull();
    }

    @Test
    void idStaysOverTheWholeLife() {
        String alertId = fire(FIRED_MS).get(0).alertId();

        assertThat(apply(Findings.disparate(Change.UPDATED, 500), FIRED_MS + 1)
                        .get(0)
                        .alertId())
                .isEqualTo(alertId);
        assertThat(book.tick(FIRED_MS + 25 * HOUR_MS).get(0).alertId()).isEqualTo(alertId);
        assertThat(apply(CLEARED, FIRED_MS + 26 * HOUR_MS).get(0).alertId()).isEqualTo(alertId);
    }

    @Test
    void idIsTheSameWhereverItIsComputed() {
        String elsewhere = new AlertBook(WARD, DetectionSettings.DEFAULT)
                .apply(Findings.of("v3", SCOTTISH, Findings.disparate(Change.FIRED, 31)), Findings.at(FIRED_MS + 7))
                .get(0)
                .alertId();

        assertThat(fire(FIRED_MS).get(0).alertId()).isEqualTo(elsewhere);
    }

    @Test
    void everyPartOfTheIdentityTells() {
        Set<String> ids = new HashSet<>();
        ids.add(fire(FIRED_MS).get(0).alertId());
        ids.add(apply(Findings.disparity(Change.FIRED), FIRED_MS).get(0).alertId());
        ids.add(degraded(SCOTTISH, Change.FIRED).get(0).alertId());
        Finding finding = Findings.disparate(Change.FIRED, 138);
        AlertContext now = Findings.at(FIRED_MS);
        ids.add(book.apply(Findings.of("v4", SCOTTISH, finding), now).get(0).alertId());
        ids.add(book.apply(Findings.of("v3", Slice.of("accent", "welsh"), finding), now)
                .get(0)
                .alertId());
        for (DeploymentId other :
                List.of(new DeploymentId("st-marys", "ward-8"), new DeploymentId("st-johns", "ward-7"))) {
            AlertBook otherBook = new AlertBook(other, DetectionSettings.DEFAULT);
            ids.add(otherBook
                    .apply(Findings.of("v3", SCOTTISH, finding), now)
                    .get(0)
                    .alertId());
        }

        assertThat(ids).hasSize(7);
    }

    @Test
    void numbersAreAlwaysCurrentButPublishedOnlyWhenTheyMove() {
        fire(FIRED_MS);

        List<Alert> small = apply(Findings.disparate(Change.UPDATED, 145), FIRED_MS + 1_000);
        long shown = book.current().get(0).labelled();
        List<Alert> large = apply(Findings.disparate(Change.UPDATED, 152), FIRED_MS + 2_000);

        assertThat(small).isEmpty();
        assertThat(shown).isEqualTo(100);
        assertThat(large).extracting(Alert::labelled).containsExactly(100L);
    }

    @Test
    void resolvedAlertKeepsTheEffectThatWasClaimed() {
        fire(FIRED_MS);

        Alert alert = apply(CLEARED, FIRED_MS + HOUR_MS).get(0);

        assertThat(alert.state()).isEqualTo(AlertState.RESOLVED);
        assertThat(alert.endedAtMs()).isEqualTo(FIRED_MS + HOUR_MS);
        assertThat(alert.effect()).isEqualTo(0.18);
        assertThat(book.current()).containsExactly(alert);
    }

    @Test
    void firingAgainWithinTheCoolDownReopensTheAlert() {
        Alert first = fire(FIRED_MS).get(0);
        apply(CLEARED, FIRED_MS + HOUR_MS);

        Alert again = fire(FIRED_MS + 2 * HOUR_MS).get(0);

        assertThat(again.alertId()).isEqualTo(first.alertId());
        assertThat(again.startedAtMs()).isEqualTo(FIRED_MS);
        assertThat(again.endedAtMs()).isNull();
        assertThat(book.current()).containsExactly(again);
    }

    @Test
    void firingAgainLaterIsAnotherAlert() {
        Alert first = fire(FIRED_MS).get(0);
        apply(CLEARED, FIRED_MS + HOUR_MS);

        Alert again = fire(FIRED_MS + 2 * HOUR_MS + 1).get(0);

        assertThat(again.alertId()).isNotEqualTo(first.alertId());
        assertThat(again.startedAtMs()).isEqualTo(FIRED_MS + 2 * HOUR_MS + 1);
        assertThat(book.current()).extracting(Alert::state).containsExactly(AlertState.FIRING, AlertState.RESOLVED);
    }

    @Test
    void alertWithoutLabelsGoesStaleOnceAndComesBackWithThem() {
        fire(FIRED_MS);

        assertThat(book.tick(FIRED_MS + 24 * HOUR_MS - 1)).isEmpty();
        assertThat(book.tick(FIRED_MS + 24 * HOUR_MS)).extracting(Alert::state).containsExactly(AlertState.STALE);
        assertThat(book.tick(FIRED_MS + 25 * HOUR_MS)).isEmpty();
        assertThat(apply(Findings.disparate(Change.UPDATED, 139), FIRED_MS + 26 * HOUR_MS))
                .extracting(Alert::state)
                .containsExactly(AlertState.FIRING);
    }

    @Test
    void alertThatAnotherTellsBetterEndsAndSaysWhich() {
        degraded(SCOTTISH, Change.FIRED);

        Finding still = Findings.degradation(Change.EXPLAINED, SCOTTISH);
        List<Alert> ended = book.apply(
                new Sighting(
                        new VersionSlice("v3", SCOTTISH),
                        still,
                        List.of(),
                        new Claim(Verdict.DISPARATE_DEGRADATION, IMAGING_SCOTTISH)),
                Findings.at(FIRED_MS));

        assertThat(ended).extracting(Alert::state).containsExactly(AlertState.RESOLVED);
        assertThat(ended.get(0).message())
                .contains("the alert DISPARATE_DEGRADATION for accent=scottish within noise=imaging tells the same");
    }

    @Test
    void companionsGatherWhileAnAlertFiresAndAreNews() {
        Slice welsh = Slice.of("accent", "welsh");
        apply(Findings.disparate(Change.FIRED, 138), FIRED_MS);

        List<Alert> updated = book.apply(
                new Sighting(
                        new VersionSlice("v3", SCOTTISH),
                        Findings.disparate(Change.UPDATED, 139),
                        List.of(IMAGING_SCOTTISH, welsh),
                        null),
                Findings.at(FIRED_MS));
        List<Alert> later = apply(Findings.disparate(Change.UPDATED, 140), FIRED_MS);

        assertThat(updated).singleElement().extracting(Alert::companions).isEqualTo(List.of(welsh, IMAGING_SCOTTISH));
        assertThat(updated.get(0).message())
                .endsWith("; also suspect: accent=welsh, accent=scottish within noise=imaging.");
        assertThat(later).isEmpty();
        assertThat(book.current().get(0).companions()).containsExactly(welsh, IMAGING_SCOTTISH);
    }

    @Test
    void endOfAnAlertThatWasNeverRaisedIsSilent() {
        assertThat(apply(CLEARED, FIRED_MS)).isEmpty();
        assertThat(book.current()).isEmpty();
    }

    @Test
    void newBaselineEndsWhatRestsOnTheOld() {
        fire(FIRED_MS);
        apply(Findings.disparity(Change.FIRED), FIRED_MS);

        List<Alert> ended = book.reset(EndReason.NEW_BASELINE, FIRED_MS + HOUR_MS);

        assertThat(ended).extracting(Alert::kind).containsExactly(Verdict.DISPARATE_DEGRADATION);
        assertThat(ended).extracting(Alert::state).containsExactly(AlertState.RESOLVED);
        assertThat(book.reset(EndReason.NEW_CONFIGURATION, FIRED_MS + HOUR_MS))
                .extracting(Alert::kind)
                .containsExactly(Verdict.DISPARITY);
    }

    @Test
    void retiredVersionTakesItsAlertsAlong() {
        fire(FIRED_MS);
        book.apply(Findings.of("v4", SCOTTISH, Findings.disparate(Change.FIRED, 138)), Findings.at(FIRED_MS));

        assertThat(book.retire("v3", FIRED_MS + HOUR_MS))
                .extracting(Alert::modelVersion)
                .containsExactly("v3");
        assertThat(book.current()).extracting(Alert::state).containsExactly(AlertState.FIRING, AlertState.RESOLVED);
    }

    @Test
    void resolvedAlertsAreKeptUpToTheLimit() {
        for (int i = 0; i < AlertBook.RESOLVED_KEPT + 20; i++) {
            Slice slice = Slice.of("accent", "a" + i);
            book.apply(Findings.of("v3", slice, Findings.disparate(Change.FIRED, 138)), Findings.at(FIRED_MS + i));
            book.apply(Findings.of("v3", slice, CLEARED), Findings.at(FIRED_MS + i));
        }

        List<Alert> current = book.current();

        assertThat(current).hasSize(AlertBook.RESOLVED_KEPT);
        assertThat(current.get(0).slice()).isEqualTo(Slice.of("accent", "a119"));
    }

    @Test
    void restoredBookGoesOnAsIfNothingHadHappened() throws IOException {
        fire(FIRED_MS);
        apply(Findings.disparity(Change.FIRED), FIRED_MS);
        degraded(Slice.OVERALL, Change.FIRED);
        apply(Findings.cleared(Verdict.DISPARITY, 0.01, 0.13), FIRED_MS + HOUR_MS);

        AlertBook restored = read(written(book));

        assertThat(restored.current()).isEqualTo(book.current());
        long later = FIRED_MS + 20 * HOUR_MS;
        Finding again = Findings.disparity(Change.FIRED);
        assertThat(restored.apply(Findings.of("v3", SCOTTISH, again), Findings.at(later)))
                .isEqualTo(book.apply(Findings.of("v3", SCOTTISH, again), Findings.at(later)));
        assertThat(restored.tick(later + 10 * HOUR_MS)).isEqualTo(book.tick(later + 10 * HOUR_MS));
        assertThat(written(restored)).isEqualTo(written(book));
    }

    @Test
    void stateOfAnotherFormatIsRefused() {
        assertThatThrownBy(() -> read(new byte[] {5}))
                .isInstanceOf(IOException.class)
                .hasMessage("state of an alert book must have format 2: 5");
    }

    private static byte[] written(AlertBook book) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        book.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static AlertBook read(byte[] state) throws IOException {
        return AlertBook.readFrom(
                new DataInputStream(new ByteArrayInputStream(state)), WARD, DetectionSettings.DEFAULT);
    }
}
