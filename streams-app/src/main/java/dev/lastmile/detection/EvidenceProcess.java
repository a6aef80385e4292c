package dev.lastmile.detection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Evidence against a null hypothesis that is looked at without end: a Shiryaev-Roberts e-detector whose restart weight is
 * the alarm budget. Mutable.
 *
 * <p>Each of J bets has wealth M_j. An update injects some, then multiplies by the bet's factor:
 * {@code M_j ← (M_j + injected) · L_j}; {@code T = Σ_j M_j}. As E[L_j | past] ≤ 1 under the null, T minus all that was
 * injected is a supermartingale; with an alarm at T ≥ 1 that takes all wealth away, the expected number of false alarms at
 * any stopping time is at most the expected injection, however often one looks.
 *
 * <p>Source: Shin, Ramdas, Rinaldo, "E-detectors: a nonparametric framework for sequential change detection", arXiv
 * 2203.03532; the weight that makes T comparable with 1 is the budget's, after Dandapanthula and Ramdas, arXiv 2501.04130.
 */
final class EvidenceProcess {

    /** J: effects of 1.5 to 13 points are bet on at once, since nobody knows how large the next one is. */
    static final double[] EFFECTS = {0.015, 0.035, 0.07, 0.13};

    static final int BETS = EFFECTS.length;

    /** One batch moves no bet by more than e^60: far beyond any alarm, far from the ends of a double. */
    private static final double GREATEST_LOG = 60;

    /** Wealth kept while a gate holds an alarm back stays a number. Less wealth is never invalid. */
    private static final double GREATEST_WEALTH = 1e100;

    private final double[] wealth = new double[BETS];

    /**
     * λ_j = D_j/(v·(1 + ρ)): about the stake that grows fastest at effect D_j.
     *
     * @param variance v of the slice's scores
     * @param trafficRatio ρ, inferences of the slice for each of the rest
     */
    static double[] lambdas(double variance, double trafficRatio) {
        double[] lambdas = new double[BETS];
        for (int j = 0; j < BETS; j++) {
            lambdas[j] = EFFECTS[j] / (variance * (1 + trafficRatio));
        }
        return lambdas;
    }

    /**
     * One update.
     *
     * @param injected into each bet, before the factors
     * @param logFactors log L_j of each bet
     */
    void update(double injected, double[] logFactors) {
        for (int j = 0; j < BETS; j++) {
            double log = Math.max(-GREATEST_LOG, Math.min(GREATEST_LOG, logFactors[j]));
            double grown = Math.min(GREATEST_WEALTH, (wealth[j] + injected) * Math.exp(log));
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
