package dev.lastmile.stats;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Sums from which a ratio of errors to trials and its interval follow. All are longs, so merging is exact. Mutable.
 *
 * <p>n pairs (e, t): Σe, Σt, Σe², Σet, Σt².
 */
public final class RatioSums {

    private long count;
    private long errors;
    private long trials;
    private long errorsSquared;
    private long errorsTimesTrials;
    private long trialsSquared;

    /** Sums over nothing. */
    public RatioSums() {}

    /** The sums as they were read back; see the accessors for their order. */
    public RatioSums(
            long count, long errors, long trials, long errorsSquared, long errorsTimesTrials, long trialsSquared) {
        this.count = count;
        this.errors = errors;
        this.trials = trials;
        this.errorsSquared = errorsSquared;
        this.errorsTimesTrials = errorsTimesTrials;
        this.trialsSquared = trialsSquared;
    }

    /** Adds ({@code sign} 1) or takes back ({@code sign} -1) one pair. */
    public void add(long pairErrors, long pairTrials, int sign) {
        count += sign;
        errors += sign * pairErrors;
        trials += sign * pairTrials;
        errorsSquared += sign * pairErrors * pairErrors;
        errorsTimesTrials += sign * pairErrors * pairTrials;
        trialsSquared += sign * pairTrials * pairTrials;
    }

    /** Adds other sums, which may be negative. */
    public void add(RatioSums other) {
        count += other.count;
        errors += other.errors;
        trials += other.trials;
        errorsSquared += other.errorsSquared;
        errorsTimesTrials += other.errorsTimesTrials;
        trialsSquared += other.trialsSquared;
    }

    /** R = Σe/Σt; empty where there is no trial. */
    public OptionalDouble ratio() {
        return count > 0 && trials > 0 ? OptionalDouble.of(errors / (double) trials) : OptionalDouble.empty();
    }

    /**
     * 95 % interval of the ratio, valid however often it is looked at: {@link ConfidenceSequence} over the linearised ratio
     * estimator. With t̄ = Σt/n, pair i deviates by (e_i − R·t_i)/t̄; the variance of R is that of these deviations over n.
     *
     * <p>One pseudo-observation, off by 1, joins the n deviations: no error among n pairs then gives an upper end of a
     * few n-ths (6/n at n = 100, 3.3/n at 1,000) rather than certainty. The lower end is at least 0; the upper one may
     * pass 1, as a word error rate may: whoever knows that the ratio cannot clamps it.
     *
     * <p>Asymptotic, so wide rather than exact below some 30 pairs; pairs must be independent. Source of the linearisation:
     * Cochran, "Sampling Techniques", 3rd edition, chapter 6.
     *
     * @return empty where there is no trial
     */
    public Optional<Interval> interval() {
        if (ratio().isEmpty()) {
            return Optional.empty();
        }
        double ratio = errors / (double) trials;
        double meanTrials = trials / (double) count;
        double squaredResiduals =
                Math.max(0, errorsSquared - 2 * ratio * errorsTimesTrials + ratio * ratio * trialsSquared);
        double variance = (squaredResiduals / (meanTrials * meanTrials) + 1) / (count + 1);
        double half = ConfidenceSequence.halfWidth(count, Math.sqrt(variance));
        return Optional.of(new Interval(Math.max(0, ratio - half), ratio + half));
    }

    /** n. */
    public long count() {
        return count;
    }

    /** Σe. */
    public long errors() {
        return errors;
    }

    /** Σt. */
    public long trials() {
        return trials;
    }

    /** Σe². */
    public long errorsSquared() {
        return errorsSquared;
    }

    /** Σet. */
    public long errorsTimesTrials() {
        return errorsTimesTrials;
    }

    /** Σt². */
    public long trialsSquared() {
        return trialsSquared;
    }
}
