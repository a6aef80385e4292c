package dev.lastmile.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BettingProductTest {

    private static final Percentage EXACTLY = Percentage.withPercentage(1e-8);

    /** Bin and count, in turns. */
    private static ScoreHistogram scores(int... binsAndCounts) {
        ScoreHistogram scores = new ScoreHistogram();
        for (int i = 0; i < binsAndCounts.length; i += 2) {
            scores.add(binsAndCounts[i], binsAndCounts[i + 1]);
        }
        return scores;
    }

    private static final ScoreHistogram SLICE = scores(0, 5, 2, 2, 6, 2, 20, 1);
    private static final ScoreHistogram REST = scores(0, 60, 1, 8, 3, 14, 8, 12, 20, 6);

    @ParameterizedTest
    @CsvSource({
        // Computed by two independent programs.
        "0.5, 0.5, 0.05, -0.116353117255",
        "2, 2, 0.2, -1.381316864370",
        "8, 4.444444444444, 0.444444444444, -7.477723981798"
    })
    void stakesAndFactorAreThoseOfTheReference(double lambda, double sliceStake, double restStake, double log) {
        BettingProduct bet = new BettingProduct(0.18, 0.13, 10 / 100.0);

        assertThat(bet.stake(lambda)).isCloseTo(sliceStake, EXACTLY);
        assertThat(bet.stake(lambda) * bet.ratio()).isCloseTo(restStake, EXACTLY);
        assertThat(bet.log(lambda, SLICE, REST)).isCloseTo(log, EXACTLY);
    }

    @Test
    void expectationIsOneAtTheToleratedMean() {
        BettingProduct bet = BettingProduct.onMean(0.2).orElseThrow();

        assertThat(expectation(bet, false, 2, 3, 0.2, 0, 0)).isCloseTo(1, within(1e-12));
    }

    @Test
    void aShiftThatBothSidesShareDoesNotPay() {
        BettingProduct bet = new BettingProduct(0.2, 0.1, 2 / 5.0);

        // Both means are 10 points above what the bet supposes. Value computed by two independent programs.
        assertThat(expectation(bet, false, 0.5, 2, 0.3, 5, 0.2)).isCloseTo(0.996572678472, EXACTLY);
    }

    @Test
    void noBetPaysUnderItsNull() {
        double[] lambdas = {0.3, 1, 3, 50};
        for (double shift : new double[] {-0.05, 0, 0.1, 0.4}) {
            for (double lambda : lambdas) {
                BettingProduct bet = new BettingProduct(0.2, 0.1, 2 / 5.0);
                assertThat(expectation(bet, false, lambda, 2, 0.2 + shift, 5, 0.1 + shift))
                        .isLessThanOrEqualTo(1 + 1e-12);
                assertThat(expectation(bet, true, lambda, 2, 0.2 + shift, 5, 0.1 + shift))
                        .isLessThanOrEqualTo(1 + 1e-12);
            }
        }
    }

    /** E[L] by enumeration of how many of each side are wrong. */
    private static double expectation(
            BettingProduct bet, boolean reverse, double lambda, int n, double p, int m, double q) {
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= m; j++) {
                ScoreHistogram slice = scores(0, n - i, 20, i);
                ScoreHistogram rest = scores(0, m - j, 20, j);
                double log = reverse ? bet.reverseLog(lambda, slice, rest) : bet.log(lambda, slice, rest);
                sum += binomial(n, i, p) * binomial(m, j, q) * Math.exp(log);
            }
        }
        return sum;
    }

    private static double binomial(int n, int k, double p) {
        double ways = 1;
        for (int i = 0; i < k; i++) {
            ways = ways * (n - i) / (i + 1);
        }
        return ways * Math.pow(p, k) * Math.pow(1 - p, n - k);
    }

    @Test
    void splittingABatchAddsLogarithms() {
        BettingProduct bet = new BettingProduct(0.18, 0.13, 0.1);
        Random random = new Random(3);
        ScoreHistogram slicePart = new ScoreHistogram();
        ScoreHistogram restPart = new ScoreHistogram();
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            slicePart.add(bin, random.nextInt((int) SLICE.get(bin) + 1));
            restPart.add(bin, random.nextInt((int) REST.get(bin) + 1));
        }

        double whole = bet.log(2, SLICE, REST);
        double parts = bet.log(2, slicePart, restPart) + bet.log(2, SLICE.minus(slicePart), REST.minus(restPart));

        assertThat(parts).isCloseTo(whole, EXACTLY);
    }

    @Test
    void nothingSeenIsNothingWon() {
        assertThat(new BettingProduct(0.2, 0.1, 1).log(2, scores(), scores())).isZero();
    }

    @Test
    void toleratedGapStaysExactWhateverTheGuess() {
        for (double guess : new double[] {0, 0.005, 0.13, 0.88, 1}) {
            for (double gap : new double[] {-0.04, 0, 0.05, 0.3}) {
                BettingProduct.onDifference(guess, gap, 1, 4)
                        .ifPresent(bet ->
                                assertThat(bet.sliceMean() - bet.restMean()).isCloseTo(gap, within(1e-15)));
            }
        }
    }

    @Test
    void noBetIsMadeWhereNoMeanIsLeft() {
        assertThat(BettingProduct.onDifference(0.1, -0.995, 1, 4)).isEmpty();
        assertThat(BettingProduct.onDifference(0.1, 0.95, 1, 4)).isEmpty();
        assertThat(BettingProduct.onMean(1)).isEmpty();
        assertThat(BettingProduct.onMean(0)).isEmpty();
    }
}
