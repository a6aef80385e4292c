package dev.lastmile.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lastmile.detection.Finding.Change;
import dev.lastmile.detection.SimulatedDeployment.Alarm;
import dev.lastmile.slice.Slice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One page for one trouble, over seeded runs of a deployment of 43 slices against a baseline of 50,000 labels. */
class PanelTest {

    private static final Slice ACCENT = Slice.of("accent", "a3");
    private static final Slice ACCENT_IN_WARD = Slice.of("noise", "ward").and("accent", "a3");
    private static final int RUNS = 20;

    private static List<Alarm> pages(List<Alarm> alarms, Verdict verdict) {
        return alarms.stream()
                .filter(alarm -> alarm.verdict() == verdict && alarm.change() == Change.FIRED)
                .toList();
    }

    private static List<Alarm> run(long seed, Slice worse, double points, int labels) {
        SimulatedDeployment deployment = new SimulatedDeployment(seed);
        deployment.learn(50_000);
        deployment.run(2_000);
        deployment.worsen(worse, points);
        return deployment.run(labels);
    }

    /** Of so many runs, those whose first page names the slice, and pages of its verdict in all. */
    private record Outcome(int named, int pages) {}

    private static Outcome outcome(Slice worse, double points, int labels) {
        int named = 0;
        int pages = 0;
        for (int seed = 1; seed <= RUNS; seed++) {
            List<Alarm> disparate = pages(run(seed, worse, points, labels), Verdict.DISPARATE_DEGRADATION);
            pages += disparate.size();
            named += !disparate.isEmpty() && disparate.get(0).slice().equals(worse) ? 1 : 0;
        }
        return new Outcome(named, pages);
    }

    @Test
    void accentThatIsWorseInEveryNoiseIsNamedAndNotOneNoiseOfIt() {
        Outcome outcome = outcome(ACCENT, 0.10, 10_000);

        assertThat(outcome.named()).isGreaterThanOrEqualTo(RUNS - 2);
        assertThat(outcome.pages()).as("pages of %d runs", RUNS).isLessThanOrEqualTo(RUNS + 3);
    }

    @Test
    void accentThatIsWorseInOneNoiseIsNamedWithThatNoise() {
        Outcome outcome = outcome(ACCENT_IN_WARD, 0.15, 10_000);

        assertThat(outcome.named()).isGreaterThanOrEqualTo(RUNS - 2);
        assertThat(outcome.pages()).as("pages of %d runs", RUNS).isLessThanOrEqualTo(RUNS + 3);
    }

    /** With half of its traffic in one noise, an accent and that part of it cross the line at about the same time. */
    @Test
    void whileItIsInDoubtWhoseTroubleItIsThePageWaitsButNoLongerThanItMay() {
        int waited = 0;
        for (int seed = 1; seed <= RUNS; seed++) {
            SimulatedDeployment deployment = new SimulatedDeployment(seed);
            deployment.learn(50_000);
            deployment.worsen(ACCENT, 0.05);
            List<Alarm> alarms = new ArrayList<>();
            while (pages(alarms, Verdict.DISPARATE_DEGRADATION).isEmpty()) {
                alarms.addAll(deployment.run(200));
                List<Watch> waiting = deployment.waiting(Verdict.DISPARATE_DEGRADATION);
                assertThat(waiting).allMatch(Watch::mayWait);
                waited += waiting.isEmpty() ? 0 : 1;
            }
        }
        assertThat(waited).as("batches in which a page waited").isGreaterThanOrEqualTo(5);
    }

    @Test
    void degradationOfASliceThatAlsoStandsOutHasNoPageOfItsOwnForLong() {
        SimulatedDeployment deployment = new SimulatedDeployment(3);
        deployment.learn(50_000);
        deployment.worsen(ACCENT, 0.20);
        deployment.run(20_000);

        assertThat(deployment.firing())
                .extracting(Claim::verdict, Claim::slice)
                .contains(tuple(Verdict.DISPARATE_DEGRADATION, ACCENT))
                .doesNotContain(tuple(Verdict.DEGRADATION, ACCENT));
    }

    @Test
    void endOfALargeTroubleRaisesNoStormOfSmallOnes() {
        SimulatedDeployment deployment = new SimulatedDeployment(4);
        deployment.learn(50_000);
        deployment.worsen(Slice.OVERALL, 0.10);
        List<Alarm> alarms = new ArrayList<>(deployment.run(20_000));
        deployment.worsen(Slice.OVERALL, 0);
        alarms.addAll(deployment.run(20_000));

        assertThat(alarms)
                .filteredOn(alarm -> alarm.slice().isOverall())
                .extracting(Alarm::change)
                .containsExactly(Change.FIRED, Change.CLEARED);
        assertThat(pages(alarms, Verdict.DEGRADATION)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void everyPageEndsOnceItsTroubleIsOver() {
        SimulatedDeployment deployment = new SimulatedDeployment(5);
        deployment.learn(50_000);
        deployment.worsen(ACCENT, 0.15);
        deployment.run(20_000);
        deployment.worsen(ACCENT, 0);
        deployment.run(60_000);

        assertThat(deployment.firing())
                .extracting(Claim::verdict)
                .doesNotContain(Verdict.DISPARATE_DEGRADATION, Verdict.DEGRADATION);
    }
}
