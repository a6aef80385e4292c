package dev.lastmile.detection;

import static dev.lastmile.detection.Scores.baselineOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.slice.Slice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class BaselineTest {

    private static final Percentage EXACTLY = Percentage.withPercentage(1e-8);

    private static final Slice QUIET = Slice.of("noise", "quiet");
    private static final Slice IMAGING = Slice.of("noise", "imaging");
    private static final Slice SCOTTISH = Slice.of("accent", "scottish");
    private static final Slice QUIET_SCOTTISH = QUIET.and("accent", "scottish");

    private static Baseline hospital() {
        Map<Slice, SliceBaseline> slices = new HashMap<>();
        slices.put(Slice.OVERALL, baselineOf(50_000, 0.12));
        slices.put(QUIET, baselineOf(40_000, 0.10));
        slices.put(SCOTTISH, baselineOf(5_000, 0.20));
        slices.put(QUIET_SCOTTISH, baselineOf(4_000, 0.18));
        slices.put(Slice.of("accent", "rare"), baselineOf(50, 0.20));
        slices.put(Slice.of("accent", "unlabelled"), new SliceBaseline(500, 0, 0, 0, 0, 0));
        return Scores.baseline(slices);
    }

    private static Reference reference(Slice slice) {
        return hospital().referenceFor(slice, 200).orElseThrow();
    }

    @Test
    void toleratedDifferenceIsThatOfTheReference() {
        Reference reference = new Reference(
                SCOTTISH,
                true,
                new Reference.Group(2_194, 2_194, 2_194, 0.1564, 0.0515),
                new Reference.Group(47_806, 47_806, 47_806, 0.1275, 0.043),
                1);

        Comparison comparison = new Comparison(Verdict.DISPARATE_DEGRADATION, withBaselineSigmas(1), reference);

        // Computed by two independent programs.
        assertThat(comparison.standardError()).isCloseTo(0.004936859038, EXACTLY);
        assertThat(comparison.tolerated()).isCloseTo(0.038836859038, EXACTLY);
    }

    @Test
    void aPoorlyKnownBaselineIsAllowedMoreThanItsShareOfStandardErrors() {
        Reference.Group rest = new Reference.Group(40_000, 40_000, 40_000, 0.1, 0.04);
        Reference wellKnown = new Reference(SCOTTISH, true, new Reference.Group(400, 400, 400, 0.1, 0.0396), rest, 1);
        Reference poorlyKnown = new Reference(SCOTTISH, true, new Reference.Group(400, 400, 400, 0.5, 0.25), rest, 1);

        // se² = .0396/400 + .04/40,000 = .0001, and .25/400 + .04/40,000 = .000626; se²/.02 = .005 and .0313.
        assertThat(allowance(wellKnown, 1)).isCloseTo(0.01, EXACTLY);
        assertThat(allowance(wellKnown, 0)).isCloseTo(0.005, EXACTLY);
        assertThat(allowance(poorlyKnown, 1)).isCloseTo(0.0313, EXACTLY);
    }

    private static double allowance(Reference reference, double sigmas) {
        Comparison comparison = new Comparison(Verdict.DISPARATE_DEGRADATION, withBaselineSigmas(sigmas), reference);
        return comparison.tolerated() - comparison.level() - DetectionSettings.DEFAULT.margin();
    }

    private static DetectionSettings withBaselineSigmas(double sigmas) {
        DetectionSettings usual = DetectionSettings.DEFAULT;
        return new DetectionSettings(
                usual.budget(),
                usual.margin(),
                usual.disparityGap(),
                usual.minimumBaseline(),
                usual.minimumLabelled(),
                usual.minimumEffect(),
                sigmas,
                usual.clearEffect(),
                usual.staleAfter(),
                usual.coolDown(),
                usual.sessions(),
                usual.coverageMargin(),
                usual.budgets());
    }

    @Test
    void restIsTheParentWithoutTheSlice() {
        Reference reference = reference(QUIET_SCOTTISH);

        Reference.Group rest = Objects.requireNonNull(reference.rest());

        assertThat(reference.own()).isTrue();
        assertThat(rest.scored()).isEqualTo(36_000);
        // (40,000·.10 − 4,000·.18) / 36,000
        double mean = 3_280 / 36_000.0;
        assertThat(rest.mean()).isCloseTo(mean, within(1e-12));
        assertThat(rest.variance()).isCloseTo(mean * (1 - mean), within(1e-12));
        assertThat(reference.trafficRatio()).isCloseTo(1 / 9.0, within(1e-12));
    }

    @Test
    void overallHasNoRest() {
        Reference reference = reference(Slice.OVERALL);

        assertThat(reference.rest()).isNull();
        assertThat(reference.trafficRatio()).isZero();
    }

    @Test
    void unseenIntersectionIsComparedAsItsLastTermIs() {
        Reference reference = reference(IMAGING.and("accent", "scottish"));

        assertThat(reference.from()).isEqualTo(SCOTTISH);
        assertThat(reference.own()).isFalse();
        assertThat(reference.slice().mean()).isCloseTo(0.20, within(1e-12));
        assertThat(reference.rest()).isEqualTo(reference(SCOTTISH).rest());
    }

    @Test
    void unseenValueWithinASeenOneIsComparedAsThatOneIs() {
        Reference reference = reference(QUIET.and("accent", "new"));

        assertThat(reference.from()).isEqualTo(QUIET);
        assertThat(reference.slice()).isEqualTo(reference.rest());
        assertThat(reference.slice().scored()).isEqualTo(40_000);
    }

    @Test
    void unseenDimensionValueIsComparedAsTheDeploymentIs() {
        Reference reference = reference(IMAGING);

        assertThat(reference.from()).isEqualTo(Slice.OVERALL);
        assertThat(reference.slice().mean()).isCloseTo(0.12, within(1e-12));
        assertThat(reference.rest()).isEqualTo(reference.slice());
    }

    /** A service card may leave a dimension out; how its values stood to each other is then not known. */
    @Test
    void ofADimensionThatTheBaselineDoesNotKnowNothingIsClaimed() {
        Slice ward = Slice.of("ward", "w7");

        assertThat(hospital().referenceFor(ward, 200)).isEmpty();
        assertThat(hospital().referenceFor(ward.and("accent", "scottish"), 200)).isEmpty();
    }

    @Test
    void sliceThatWasNeverLabelledCountsAsUnseen() {
        assertThat(reference(Slice.of("accent", "unlabelled")).from()).isEqualTo(Slice.OVERALL);
    }

    @Test
    void smallSliceKeepsItsOwnPartButIsNoAncestor() {
        Slice rare = Slice.of("accent", "rare");

        assertThat(reference(rare).own()).isTrue();
        assertThat(reference(IMAGING.and("accent", "rare")).from()).isEqualTo(Slice.OVERALL);
    }

    @Test
    void nearestOfThreeTermsKeepsTheLaterOnes() {
        Map<Slice, SliceBaseline> slices = new HashMap<>(hospital().slices());
        Slice device = Slice.of("device", "headset");
        slices.put(QUIET.and("device", "headset"), baselineOf(3_000, 0.11));
        slices.put(device.and("accent", "scottish"), baselineOf(900, 0.21));
        slices.put(device, baselineOf(9_000, 0.11));
        Baseline baseline = Scores.baseline(slices);

        Slice unseen = QUIET.and("device", "headset").and("accent", "scottish");

        assertThat(baseline.referenceFor(unseen, 200).orElseThrow().from()).isEqualTo(device.and("accent", "scottish"));
        assertThat(baseline.referenceFor(unseen, 1_000).orElseThrow().from()).isEqualTo(QUIET_SCOTTISH);
    }

    @Test
    void emptyBaselineComparesNothing() {
        Baseline empty = Scores.baseline(Map.of());

        assertThat(empty.referenceFor(SCOTTISH, 1)).isEmpty();
        assertThat(empty.referenceFor(Slice.OVERALL, 1)).isEmpty();
    }

    @Test
    void versionFollowsFromPeriodAndContent() {
        Baseline first = hospital();
        Map<Slice, SliceBaseline> changed = new HashMap<>(first.slices());
        changed.put(SCOTTISH, baselineOf(5_000, 0.21));

        assertThat(first.version()).matches("b[0-9a-f]{8}").isEqualTo(hospital().version());
        assertThat(Scores.baseline(changed).version()).isNotEqualTo(first.version());
    }

    @Test
    void comesBackAsWritten() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        hospital().writeTo(new DataOutputStream(bytes));

        Baseline read = Baseline.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(read).isEqualTo(hospital());
    }

    @Test
    void stateOfAnotherFormatIsRefused() {
        DataInputStream other = new DataInputStream(new ByteArrayInputStream(new byte[] {9, 0, 0}));

        assertThatThrownBy(() -> Baseline.readFrom(other))
                .isInstanceOf(IOException.class)
                .hasMessage("state of a baseline must have format 2: 9");
    }

    @Test
    void impossibleCountsAreRefused() {
        assertThatThrownBy(() -> new SliceBaseline(5, 6, 0, 0, 0.1, 0.1))
                .hasMessage("received >= labelled >= scored must hold: 5, 6, 6");
        assertThatThrownBy(() -> new SliceBaseline(5, 5, 0, 5, 1.5, 0)).hasMessage("mean must be in [0, 1]: 1.5");
        assertThatThrownBy(() -> new SliceBaseline(5, 5, 0, 5, 0.5, 0.3)).hasMessageContaining("variance");
    }
}
