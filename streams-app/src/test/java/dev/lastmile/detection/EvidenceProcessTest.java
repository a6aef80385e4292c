package dev.lastmile.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.stats.BettingProduct;
import dev.lastmile.stats.ScoreHistogram;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class EvidenceProcessTest {

    private static final Percentage EXACTLY = Percentage.withPercentage(1e-8);

    private static final ScoreHistogram USUAL = Scores.of(0, 5, 2, 2, 6, 2, 20, 1);
    private static final ScoreHistogram WORSE = Scores.of(0, 2, 4, 3, 8, 3, 20, 2);
    private static final ScoreHistogram REST = Scores.of(0, 60, 1, 8, 3, 14, 8, 12, 20, 6);

    /** 60 slices share one alarm per 100,000 labelled inferences; 110 come with each batch. */
    private static final double INJECTED = 110 / (60.0 * 100_000);

    /** The bets of the reference. */
    private static final double[] EFFECTS = {0.015, 0.035, 0.07, 0.13};

    private static final double[] SHARES = {0.25, 0.25, 0.25, 0.25};

    @Test
    void sequenceIsThatOfTheReference() {
        double[] lambdas = EvidenceProcess.lambdas(EFFECTS, effect -> 0.0525, 0);
        EvidenceProcess process = new EvidenceProcess(SHARES);
        double restMean = 0.13;
        Map<Integer, Double> totals = new TreeMap<>();
        Map<Integer, Double> restMeans = new TreeMap<>();
        for (int batch = 1; batch <= 12; batch++) {
            ScoreHistogram slice = batch <= 3 ? USUAL : WORSE;
            process.update(INJECTED, logs(lambdas, restMean, slice));
            restMean = 0.98 * restMean + 0.02 * REST.mean();
            totals.put(batch, process.total());
            restMeans.put(batch, restMean);
        }

        // Computed by two independent programs.
        assertThat(totals.get(1)).isCloseTo(1.1109400756e-5, EXACTLY);
        assertThat(totals.get(2)).isCloseTo(1.9712027971e-5, EXACTLY);
        assertThat(totals.get(3)).isCloseTo(2.6932790560e-5, EXACTLY);
        assertThat(totals.get(4)).isCloseTo(1.6182816165e-4, EXACTLY);
        assertThat(totals.get(8)).isCloseTo(0.37845041143, EXACTLY);
        assertThat(totals.get(9)).isCloseTo(3.2075594690, EXACTLY);
        assertThat(totals.get(12)).isCloseTo(2.1557293607e3, EXACTLY);
        assertThat(restMeans.get(1)).isCloseTo(0.130060000000, EXACTLY);
        assertThat(restMeans.get(4)).isCloseTo(0.130232895520, EXACTLY);
    }

    @Test
    void lambdasAreThoseOfTheReference() {
        double[] expected = {0.285714285714, 0.666666666667, 1.333333333333, 2.476190476190};

        double[] lambdas = EvidenceProcess.lambdas(EFFECTS, effect -> 0.0525, 0);

        for (int j = 0; j < expected.length; j++) {
            assertThat(lambdas[j]).isCloseTo(expected[j], EXACTLY);
        }
    }

    private static double[] logs(double[] lambdas, double restMean, ScoreHistogram slice) {
        BettingProduct bet = BettingProduct.onDifference(restMean, 0.05, slice.count(), REST.count())
                .orElseThrow();
        return Arrays.stream(lambdas)
                .map(lambda -> bet.log(lambda, slice, REST))
                .toArray();
    }

    @Test
    void allThatIsInjectedGoesToTheBetsAndNothingMore() {
        EvidenceProcess process = new EvidenceProcess();

        process.update(INJECTED, new double[EvidenceProcess.BETS]);

        assertThat(process.total()).isCloseTo(INJECTED, EXACTLY);
    }

    @Test
    void idlenessIsTheSameAsEmptyBatches() {
        double[] nothing = new double[EvidenceProcess.BETS];
        double[] something = {0.1, 0.2, 0.3, 0.4};
        EvidenceProcess idle = new EvidenceProcess();
        EvidenceProcess busy = new EvidenceProcess();
        for (int i = 0; i < 50; i++) {
            busy.update(INJECTED, nothing);
        }

        busy.update(INJECTED, something);
        idle.update(51 * INJECTED, something);

        assertThat(idle.total()).isCloseTo(busy.total(), EXACTLY);
    }

    @Test
    void staysANumberWhateverComes() {
        EvidenceProcess process = new EvidenceProcess();
        double[] enormous = new double[EvidenceProcess.BETS];
        Arrays.fill(enormous, 1e6);
        double[] hopeless = new double[EvidenceProcess.BETS];
        Arrays.fill(hopeless, Double.NEGATIVE_INFINITY);

        for (int i = 0; i < 100; i++) {
            process.update(INJECTED, enormous);
        }
        assertThat(process.total()).isFinite();

        for (int i = 0; i < 100; i++) {
            process.update(0, hopeless);
        }
        assertThat(process.total()).isZero();
    }

    @Test
    void refusesWhatIsNoNumber() {
        double[] broken = {0, 0, Double.NaN, 0};

        assertThatThrownBy(() -> new EvidenceProcess().update(INJECTED, broken))
                .isInstanceOf(IllegalStateException.class);
    }
}
