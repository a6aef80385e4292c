package dev.lastmile.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.detection.Finding.Change;
import dev.lastmile.slice.Slice;
import org.junit.jupiter.api.Test;

/**
 * The promise: at most one false page of a verdict per 100,000 labelled inferences. Seeded, so that it passes or fails alike
 * every time; each claim stands beside what happens without the part that it rests on, so that it could fail.
 */
class FalseAlarmTest {

    private static final int RUNS = 8;
    private static final int LABELS = 100_000;
    private static final SessionWeighting ESTIMATED = new SessionWeighting.Estimated();

    /** Pages of DISPARATE_DEGRADATION in all runs, in each of which nothing is wrong with any slice. */
    private static long falsePagesInSessionsOfFive(SessionWeighting weighting) {
        long pages = 0;
        for (int seed = 1; seed <= RUNS; seed++) {
            SimulatedDeployment deployment = new SimulatedDeployment(seed);
            deployment.speakInSessions(5, weighting);
            deployment.learn(50_000);
            pages += disparate(deployment, LABELS);
        }
        return pages;
    }

    private static long disparate(SimulatedDeployment deployment, int labels) {
        return deployment.run(labels).stream()
                .filter(alarm -> alarm.verdict() == Verdict.DISPARATE_DEGRADATION && alarm.change() == Change.FIRED)
                .count();
    }

    private static SimulatedDeployment commonShift(int seed) {
        SimulatedDeployment deployment = new SimulatedDeployment(seed);
        deployment.learn(50_000);
        deployment.deliverSooner(Slice.of("accent", "a1"));
        deployment.run(6_000);
        deployment.worsen(Slice.OVERALL, 0.20);
        return deployment;
    }

    @Test
    void independentInferencesKeepTheBudget() {
        long pages = 0;
        for (int seed = 101; seed < 101 + RUNS; seed++) {
            SimulatedDeployment deployment = new SimulatedDeployment(seed);
            deployment.learn(50_000);
            pages += disparate(deployment, LABELS);
        }

        assertThat(pages).isLessThanOrEqualTo(RUNS);
    }

    @Test
    void sessionsKeepTheBudgetBecauseTheirInferencesCountLess() {
        assertThat(falsePagesInSessionsOfFive(ESTIMATED)).isLessThanOrEqualTo(RUNS);
    }

    @Test
    void sessionsTakenAsIndependentBreakTheBudget() {
        assertThat(falsePagesInSessionsOfFive(new SessionWeighting.Independent()))
                .isGreaterThan(2 * RUNS);
    }

    @Test
    void labelsOfOneSliceThatComeSoonerAreNoDisparityWhenAllGetWorse() {
        for (int seed = 1; seed <= RUNS; seed++) {
            assertThat(disparate(commonShift(seed), 20_000)).as("seed %d", seed).isZero();
        }
    }

    @Test
    void pairedAsTheyArriveTheyWouldBeOne() {
        SimulatedDeployment deployment = commonShift(1);
        deployment.pairByArrival();

        assertThat(disparate(deployment, 20_000)).isPositive();
    }
}
