package dev.lastmile.stats;

import java.util.Optional;

/**
 * A bet on the scores of two groups that cannot be expected to win while the difference of their means is at most a
 * tolerated gap: the factor L by which wealth is multiplied. Its expectation is at most 1 under the null, for any sample
 * size and any distribution of scores in [0,1].
 *
 * <p>For a slice S of n_s scores x and a rest C of n_c scores y, with r = n_s/n_c:
 *
 * <pre>
 *   null       mean(S) − mean(C) ≤ m_s − m_c
 *   stakes     λs = min(λ, .8/m_s, .8/((1−m_c)·r)),  λc = λs·r
 *   factor     L = Π (1 + λs·(x − m_s)) · Π (1 − λc·(y − m_c))
 * </pre>
 *
 * <p>Why: E[1 + λs(x − m_s)] ≤ exp(λs·(E x − m_s)), and likewise for the rest; as λs·n_s = λc·n_c, the means enter only
 * by their difference, and a shift that both groups share cancels. The caps keep every factor at .2 or above. The reverse
 * bet, against "the difference is at least m_s − m_c", has the opposite signs and {@code .8/(1−m_s)}, {@code .8/(m_c·r)}
 * for caps.
 *
 * <p>Valid only if λ, m_s and m_c were chosen before these scores were seen (counts may be seen), and if scores are
 * independent given the past. Not valid for scores of one session taken as independent.
 *
 * <p>Sources: Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", arXiv 2010.09686; Chugg
 * et al., "Auditing fairness by betting", arXiv 2305.17570. The product of two groups with λc·n_c = λs·n_s is derived in
 * this project.
 *
 * @param sliceMean m_s, in (0,1)
 * @param restMean m_c, in (0,1); of no effect where the ratio is 0
 * @param ratio r; 0 for a bet on the slice alone
 */
public record BettingProduct(double sliceMean, double restMean, double ratio) {

    private static final double MOST_LOST = 0.8;
    private static final double LEAST_MEAN = 0.01;
    private static final double GREATEST_MEAN = 0.9;

    public BettingProduct {
        if (!(sliceMean > 0 && sliceMean < 1)) {
            throw new IllegalArgumentException("sliceMean must be in (0, 1): " + sliceMean);
        }
        if (!(restMean > 0 && restMean < 1)) {
            throw new IllegalArgumentException("restMean must be in (0, 1): " + restMean);
        }
        if (!(ratio >= 0) || Double.isInfinite(ratio)) {
            throw new IllegalArgumentException("ratio must be >= 0 and finite: " + ratio);
        }
    }

    /**
     * The bet on a difference of means.
     *
     * @param restMean a guess of the rest's mean from the past
     * @param gap the tolerated difference; it stays exact whatever the guess
     * @param sliceCount n_s, at least 1
     * @param restCount n_c, at least 1
     * @return empty where the gap leaves no mean of the rest in (0,1) to bet on: then L = 1
     */
    public static Optional<BettingProduct> onDifference(double restMean, double gap, long sliceCount, long restCount) {
        if (sliceCount < 1 || restCount < 1) {
            throw new IllegalArgumentException("both groups must have scores: " + sliceCount + ", " + restCount);
        }
        double sliceMean = clamp(clamp(restMean) + gap);
        double exactRestMean = sliceMean - gap;
        if (!(exactRestMean > 0 && exactRestMean < 1)) {
            return Optional.empty();
        }
        return Optional.of(new BettingProduct(sliceMean, exactRestMean, sliceCount / (double) restCount));
    }

    /**
     * The bet on the mean of one group alone.
     *
     * @param mean the tolerated mean
     * @return empty where the mean is not in (0,1), so that no score can speak against it: then L = 1
     */
    public static Optional<BettingProduct> onMean(double mean) {
        return mean > 0 && mean < 1 ? Optional.of(new BettingProduct(mean, mean, 0)) : Optional.empty();
    }

    private static double clamp(double mean) {
        return Math.min(GREATEST_MEAN, Math.max(LEAST_MEAN, mean));
    }

    /**
     * λs = min(λ, .8/m_s, .8/((1 − m_c)·r)) of the bet that the slice is worse by more than the gap: what one score can lose is
     * held to .8 of the wealth. Without a rest r is 0 and the last bound infinite.
     *
     * @param lambda λ ≥ 0
     */
    public double stake(double lambda) {
        return Math.min(lambda, Math.min(MOST_LOST / sliceMean, MOST_LOST / ((1 - restMean) * ratio)));
    }

    /**
     * λs = min(λ, .8/(1 − m_s), .8/(m_c·r)) of the reverse bet, that the slice is worse by less than the gap; without a rest as in
     * {@link #stake}.
     *
     * @param lambda λ ≥ 0
     */
    public double reverseStake(double lambda) {
        return Math.min(lambda, Math.min(MOST_LOST / (1 - sliceMean), MOST_LOST / (restMean * ratio)));
    }

    /** log L of the bet that the slice is worse by more than the gap; 0 for no scores. */
    public double log(double lambda, ScoreHistogram slice, ScoreHistogram rest) {
        return logs(new double[] {lambda}, slice, rest)[0];
    }

    /** {@link #log} of several bets at once. */
    public double[] logs(double[] lambdas, ScoreHistogram slice, ScoreHistogram rest) {
        double[] stakes = new double[lambdas.length];
        double[] restStakes = new double[lambdas.length];
        for (int j = 0; j < lambdas.length; j++) {
            stakes[j] = stake(lambdas[j]);
            restStakes[j] = -stakes[j] * ratio;
        }
        return sums(logs(slice, stakes, sliceMean), logs(rest, restStakes, restMean));
    }

    /**
     * log L of the reverse bet, Σ log(1 − λs·(x − m_s)) + Σ log(1 + λc·(y − m_c)), λc = λs·r; 0 for no scores. E[L] ≤ 1 while
     * the slice is worse by the gap or more.
     */
    public double reverseLog(double lambda, ScoreHistogram slice, ScoreHistogram rest) {
        return reverseLogs(new double[] {lambda}, slice, rest)[0];
    }

    /** {@link #reverseLog} of several bets at once. */
    public double[] reverseLogs(double[] lambdas, ScoreHistogram slice, ScoreHistogram rest) {
        double[] stakes = new double[lambdas.length];
        double[] restStakes = new double[lambdas.length];
        for (int j = 0; j < lambdas.length; j++) {
            double stake = reverseStake(lambdas[j]);
            stakes[j] = -stake;
            restStakes[j] = stake * ratio;
        }
        return sums(logs(slice, stakes, sliceMean), logs(rest, restStakes, restMean));
    }

    /** Bin by bin, so that empty ones, which are most, are passed over once and not for every stake. */
    private static double[] logs(ScoreHistogram scores, double[] stakes, double mean) {
        double[] sums = new double[stakes.length];
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            long count = scores.get(bin);
            if (count != 0) {
                double distance = ScoreHistogram.valueOf(bin) - mean;
                for (int j = 0; j < stakes.length; j++) {
                    sums[j] += count * Math.log1p(stakes[j] * distance);
                }
            }
        }
        return sums;
    }

    private static double[] sums(double[] these, double[] those) {
        for (int j = 0; j < these.length; j++) {
            these[j] += those[j];
        }
        return these;
    }
}
