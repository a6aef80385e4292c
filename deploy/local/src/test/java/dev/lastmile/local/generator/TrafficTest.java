package dev.lastmile.local.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Transcript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demo's traffic holds, measured from the events themselves. */
final class TrafficTest {

    private static final long START_MS = 1_700_000_000_000L;
    private static final long CHANGE_MS = 30_000;
    private static final long LENGTH_MS = 90_000;

    private static final List<Emission> EMISSIONS = new ArrayList<>();
    private static final List<Pair> PAIRS = new ArrayList<>();

    /** An inference with its final truth, and the score of the pair: errors over trials, at most 1. */
    private record Pair(DeploymentId deployment, Map<String, String> attributes, long offsetMs, double score) {}

    @BeforeAll
    static void generate() {
        EMISSIONS.addAll(emissions(7, LENGTH_MS));
        Map<String, InferenceEvent> inferences = new HashMap<>();
        Map<String, GroundTruthEvent> truths = new HashMap<>();
        for (Emission emission : EMISSIONS) {
            if (emission instanceof Emission.OfInference an) {
                inferences.put(an.customer() + an.event().getInferenceId(), an.event());
            } else if (emission instanceof Emission.OfTruth a) {
                truths.merge(
                        a.customer() + a.event().getInferenceId(),
                        a.event(),
                        (one, other) -> one.getRevision() >= other.getRevision() ? one : other);
            }
        }
        inferences.forEach((key, inference) -> {
            GroundTruthEvent truth = truths.get(key);
            if (truth != null) {
                PAIRS.add(new Pair(
                        new DeploymentId(
                                key.substring(
                                        0,
                                        key.length()
                                                - inference.getInferenceId().length()),
                                inference.getDeployment()),
                        inference.getAttributes(),
                        inference.getOccurredAt().toEpochMilli() - START_MS,
                        score(inference.getOutput(), truth.getTruth())));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -9_000_000_000L})
    void theSameSeedGivesTheSameTraffic(long seed) {
        assertThat(emissions(seed, 3_000)).isEqualTo(emissions(seed, 3_000));
        assertThat(emissions(seed, 3_000)).isNotEqualTo(emissions(seed + 1, 3_000));
    }

    @Test
    void trafficComesInOrderOfTime() {
        assertThat(EMISSIONS).extracting(Emission::offsetMs).isSorted();
        assertThat(EMISSIONS)
                .allSatisfy(emission -> assertThat(emission.offsetMs()).isNotNegative());
    }

    @Test
    void imagingIsNeverSeenBeforeTheChangeAndTakesAFifthAfterIt() {
        Predicate<Pair> imaging = pair -> "imaging".equals(pair.attributes().get("noise"));

        assertThat(PAIRS.stream().filter(imaging).filter(pair -> pair.offsetMs() < CHANGE_MS))
                .isEmpty();
        assertThat(PAIRS.stream().filter(imaging).map(Pair::deployment).distinct())
                .containsExactly(DemoDeployments.UNFAIR);
        double after = count(unfair().and(after()));
        assertThat(count(unfair().and(after()).and(imaging)) / after).isEqualTo(0.20, within(0.01));
    }

    @Test
    void theNewNoiseHurtsEverybodyAndTheScottishMore() {
        Predicate<Pair> imaging = unfair().and(has("noise", "imaging"));

        double othersBefore =
                mean(unfair().and(before()).and(has("accent", "scottish").negate()));
        double scottishBefore = mean(unfair().and(before()).and(has("accent", "scottish")));
        double others = mean(imaging.and(has("accent", "scottish").negate()));
        double scottish = mean(imaging.and(has("accent", "scottish")));

        assertThat(others - othersBefore).isEqualTo(0.18, within(0.02));
        assertThat(scottish - scottishBefore).isEqualTo(0.38, within(0.04));
        assertThat(mean(unfair().and(after()))).isGreaterThan(mean(unfair().and(before())) + 0.03);
    }

    @Test
    void theCallCentreGetsWorseByTheSameForEverybody() {
        Predicate<Pair> centre = of(DemoDeployments.WORSE_FOR_ALL);

        assertThat(mean(centre.and(after())) - mean(centre.and(before()))).isEqualTo(0.08, within(0.008));
        assertThat(widestGap(centre.and(before()), List.of("region", "line"))).isLessThan(0.03);
        assertThat(widestGap(centre.and(after()), List.of("region", "line"))).isLessThan(0.03);
    }

    @Test
    void theHealthyClinicStaysAsItIs() {
        Predicate<Pair> clinic = of(DemoDeployments.HEALTHY);

        assertThat(mean(clinic.and(after()))).isEqualTo(mean(clinic.and(before())), within(0.005));
        assertThat(widestGap(clinic, List.of("accent", "noise"))).isLessThan(0.03);
        assertThat(widestGap(unfair().and(before()), List.of("accent", "noise")))
                .isLessThan(0.03);
    }

    @Test
    void truthsComeLateEarlyTwiceCorrectedOrNever() {
        Set<String> labelled = new HashSet<>();
        Set<GroundTruthEvent> different = new HashSet<>();
        Set<String> inferences = new HashSet<>();
        int copies = 0;
        int early = 0;
        int corrections = 0;
        for (Emission emission : EMISSIONS) {
            if (emission instanceof Emission.OfInference an) {
                inferences.add(an.customer() + an.event().getInferenceId());
            } else if (emission instanceof Emission.OfTruth a) {
                String key = a.customer() + a.event().getInferenceId();
                labelled.add(key);
                copies += different.add(a.event()) ? 0 : 1;
                corrections += a.event().getRevision() == 1 ? 1 : 0;
                early += inferences.contains(key) ? 0 : 1;
            }
        }
        double all = inferences.size();

        // Truths of the last seconds have not come yet, so "never" looks a little more frequent than it is.
        assertThat(labelled.size() / all).isEqualTo(0.89, within(0.015));
        assertThat(copies / all).isEqualTo(0.03, within(0.005));
        assertThat(corrections / all).isEqualTo(0.04, within(0.005));
        assertThat(early / all).isEqualTo(0.03, within(0.005));
    }

    @Test
    void aChangeDecidedOnTheWayIsTheOneKnownBeforehand() {
        Change decidedLater = new Change();
        Traffic traffic = new Traffic(7, START_MS, decidedLater);
        List<Emission> emissions = new ArrayList<>();
        for (Emission emission = traffic.next(); emission.offsetMs() < LENGTH_MS; emission = traffic.next()) {
            emissions.add(emission);
            if (!decidedLater.isDecided() && emission.offsetMs() >= CHANGE_MS - Traffic.PLANNED_AHEAD_MS) {
                decidedLater.come(CHANGE_MS);
            }
        }

        assertThat(emissions).isEqualTo(EMISSIONS);
    }

    @Test
    void aChangeComesOnce() {
        Change change = Change.at(5);

        assertThat(change.isBy(4)).isFalse();
        assertThat(change.isBy(5)).isTrue();
        assertThatThrownBy(() -> change.come(6)).hasMessage("the change comes once, at 5 ms");
        assertThat(new Change().isBy(Long.MAX_VALUE - 1)).isFalse();
    }

    private static List<Emission> emissions(long seed, long lengthMs) {
        Traffic traffic = new Traffic(seed, START_MS, Change.at(CHANGE_MS));
        List<Emission> emissions = new ArrayList<>();
        for (Emission emission = traffic.next(); emission.offsetMs() < lengthMs; emission = traffic.next()) {
            emissions.add(emission);
        }
        return emissions;
    }

    private static Predicate<Pair> unfair() {
        return of(DemoDeployments.UNFAIR);
    }

    private static Predicate<Pair> of(DeploymentId deployment) {
        return pair -> pair.deployment().equals(deployment);
    }

    private static Predicate<Pair> has(String dimension, String value) {
        return pair -> value.equals(pair.attributes().get(dimension));
    }

    private static Predicate<Pair> before() {
        return pair -> pair.offsetMs() < CHANGE_MS;
    }

    private static Predicate<Pair> after() {
        return before().negate();
    }

    private static double count(Predicate<Pair> which) {
        return PAIRS.stream().filter(which).count();
    }

    private static double mean(Predicate<Pair> which) {
        return PAIRS.stream().filter(which).mapToDouble(Pair::score).average().orElseThrow();
    }

    /** The largest difference between a slice and the rest of the deployment. */
    private static double widestGap(Predicate<Pair> deployment, List<String> dimensions) {
        double widest = 0;
        for (String dimension : dimensions) {
            Set<String> values = new HashSet<>();
            PAIRS.stream()
                    .filter(deployment)
                    .forEach(pair -> values.add(pair.attributes().getOrDefault(dimension, "")));
            for (String value : values) {
                double slice = mean(deployment.and(has(dimension, value)));
                double rest = mean(deployment.and(has(dimension, value).negate()));
                widest = Math.max(widest, Math.abs(slice - rest));
            }
        }
        return widest;
    }

    private static double score(Object output, Object truth) {
        if (truth instanceof Label label) {
            return label.equals(output) ? 0 : 1;
        }
        List<String> said = words(truth);
        return Math.min(1, edits(said, words(output)) / (double) said.size());
    }

    private static List<String> words(Object transcript) {
        String text = ((Transcript) transcript).getText();
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    private static int edits(List<String> from, List<String> to) {
        int[][] table = new int[from.size() + 1][to.size() + 1];
        for (int i = 0; i <= from.size(); i++) {
            for (int j = 0; j <= to.size(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                } else {
                    int replaced = table[i - 1][j - 1] + (from.get(i - 1).equals(to.get(j - 1)) ? 0 : 1);
                    table[i][j] = Math.min(replaced, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
                }
            }
        }
        return table[from.size()][to.size()];
    }
}
