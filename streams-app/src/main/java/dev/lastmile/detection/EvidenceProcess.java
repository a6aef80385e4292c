package dev.lastmile.detection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Evidence against a null hypothesis that is looked at without end: a Shiryaev-Roberts e-detector whose restart weight is
 * the alarm budget. Mutable.
 *
 * <p>Each of J bets has wealth M_j. An update injects some, a share w_j into each, then multiplies by the bet's factor:
 * {@code M_j ← (M_j + w_j·injected) · L_j}; {@code T = Σ_j M_j}. As E[L_j | past] ≤ 1 under the null and Σ w_j = 1, T minus
 * all that was injected is a supermartingale; with an alarm at T ≥ 1 that takes all wealth away, the expected number of
 * false alarms at any stopping time is at most the expected injection, however often one looks.
 *
 * <p>Source: Shin, Ramdas, Rinaldo, "E-detectors: a nonparametric framework for sequential change detection", arXiv
 * 2203.03532; the weight that makes T comparable with 1 is the budget's, after Dandapanthula and Ramdas, arXiv 2501.04130.
 */
final class EvidenceProcess {

    /**
     * D_j: effects of 1.5 to 25 points are bet on at once, since nobody knows how large the next one is. A stake meant for D
     * grows c·(2 − c) times as fast as the best one where the excess is D/c: at least 3/4 from D/1.5 to 2·D. More bets
     * would each have less of the budget.
     */
    static final double[] EFFECTS = {0.015, 0.04, 0.1, 0.25};

    /**
     * w_j, sum 1. The outer bets are there for large slices, which can show 2 points, and for effects of 20 points and more,
     * whose alarms come soon anyway; a tenth of the budget costs the others little.
     */
    private static final double[] SHARES = {0.1, 0.4, 0.4, 0.1};

    static final int BETS = EFFECTS.length;

    /** One batch moves no bet by more than e^60: far beyond any alarm, far from the ends of a double. */
    private static final double GREATEST_LOG = 60;

    /** Wealth kept while a gate holds an alarm back stays a number. Less wealth is never invalid. */
    private static final double GREATEST_WEALTH = 1e100;

    private final double[] shares;
    private final double[] wealth;

    EvidenceProcess() {
        this(SHARES);
    }

    /**
     * With other bets than the usual.
     *
     * @param shares w_j, sum at most 1
     */
    EvidenceProcess(double[] shares) {
        this.shares = shares.clone();
        this.wealth = new double[shares.length];
    }

    /**
     * The stakes of the usual bets.
     *
     * @param varianceAt v of the slice's scores once it is worse by an effect
     * @param trafficRatio ρ, inferences of the slice for each of the rest
     */
    static double[] lambdas(DoubleUnaryOperator varianceAt, double trafficRatio) {
        return lambdas(EFFECTS, varianceAt, trafficRatio);
    }

    /** λ_j = D_j/(v(D_j)·(1 + ρ)): about the stake that grows fastest at effect D_j. */
    static double[] lambdas(double[] effects, DoubleUnaryOperator varianceAt, double trafficRatio) {
        double[] lambdas = new double[effects.length];
        for (int j = 0; j < effects.length; j++) {
            lambdas[j] = effects[j] / (varianceAt.applyAsDouble(effects[j]) * (1 + trafficRatio));
        }
        return lambdas;
    }

    /**
     * One update.
     *
     * @param injected into all bets together, before the factors
     * @param logFactors log L_j of each bet
     */
    void update(double injected, double[] logFactors) {
        for (int j = 0; j < wealth.length; j++) {
            double log = Math.max(-GREATEST_LOG, Math.min(GREATEST_LOG, logFactors[j]));
            double grown = Math.min(GREATEST_WEALTH, (wealth[j] + shares[j] * injected) * Math.exp(log));
            if (!(grown >= 0)) {
                throw new IllegalStateException("wealth must stay >= 0: " + grown);
            }
            wealth[j] = grown;
        }
    }

    /** T: the alarm is at 1. */
    double total() {
        double total = 0;
        for (double each : wealth) {
            total += each;
        }
        return total;
    }

    /** Takes all wealth away, as an alarm does. */
    void reset() {
        Arrays.fill(wealth, 0);
    }

    void writeTo(DataOutput out) throws IOException {
        for (double each : wealth) {
            out.writeDouble(each);
        }
    }

    static EvidenceProcess readFrom(DataInput in) throws IOException {
        EvidenceProcess process = new EvidenceProcess();
        for (int j = 0; j < BETS; j++) {
            process.wealth[j] = in.readDouble();
        }
        return process;
    }
}
