package dev.lastmile.detection;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How sure a verdict must be, and of how much.
 *
 * @param budget A: labelled inferences of a deployment per false alarm of one verdict, at most one on average; of each
 *     verdict that {@code budgets} does not name
 * @param margin how much worse than the baseline is still "not really worse", in score units
 * @param disparityGap the gap between slice and rest that DISPARITY tolerates
 * @param minimumBaseline labelled inferences a slice needs in the baseline before it may alert against it
 * @param minimumLabelled labelled inferences since onset before an alert
 * @param minimumEffect estimated effect since onset before an alert
 * @param baselineSigmas z_b: how many standard errors of the baseline are added to the margin at least. With 3 hardly any
 *     baseline errs by more; with less, what its error costs is measured on average over baselines and not proved
 * @param clearEffect an alert resolves when the effect is shown to be below this, or below half of what it was
 * @param staleAfter an alert without labels of its slice for this long is stale
 * @param coolDown firing again within this time of the end reopens the same alert
 * @param sessions how much inferences of one session count
 * @param coverageMargin how much more than for the rest the label coverage of a slice may fall, as a share of its inferences
 * @param budgets A of the verdicts that have another one than the rest
 */
public record DetectionSettings(
        long budget,
        double margin,
        double disparityGap,
        long minimumBaseline,
        long minimumLabelled,
        double minimumEffect,
        double baselineSigmas,
        double clearEffect,
        Duration staleAfter,
        Duration coolDown,
        SessionWeighting sessions,
        double coverageMargin,
        Map<Verdict, Long> budgets) {

    private static final long LEAST_BUDGET = 1_000;

    /** The defaults: at most one false page in 100,000 labelled inferences. */
    public static final DetectionSettings DEFAULT = new DetectionSettings(
            100_000,
            0.005,
            0.05,
            200,
            30,
            0.02,
            0.7,
            0.03,
            Duration.ofDays(1),
            Duration.ofHours(1),
            new SessionWeighting.Estimated(),
            0.1,
            Map.of());

    public DetectionSettings {
        require(budget >= LEAST_BUDGET, "budget must be >= 1000: " + budget);
        // In the order of verdicts, so that equal settings read alike.
        Map<Verdict, Long> ordered = new EnumMap<>(Verdict.class);
        ordered.putAll(budgets);
        ordered.forEach(
                (verdict, its) -> require(its >= LEAST_BUDGET, "budgets." + verdict + " must be >= 1000: " + its));
        budgets = Collections.unmodifiableMap(ordered);
        require(margin >= 0 && margin < 1, "margin must be in [0, 1): " + margin);
        require(disparityGap >= 0 && disparityGap < 1, "disparityGap must be in [0, 1): " + disparityGap);
        require(minimumBaseline >= 1, "minimumBaseline must be >= 1: " + minimumBaseline);
        require(
                minimumLabelled >= 11,
                "minimumLabelled must be >= 11, smaller cells are never shown: " + minimumLabelled);
        require(minimumEffect >= 0 && minimumEffect < 1, "minimumEffect must be in [0, 1): " + minimumEffect);
        require(baselineSigmas >= 0 && baselineSigmas <= 10, "baselineSigmas must be in [0, 10]: " + baselineSigmas);
        require(clearEffect > 0 && clearEffect < 1, "clearEffect must be in (0, 1): " + clearEffect);
        require(!staleAfter.isNegative() && !staleAfter.isZero(), "staleAfter must be positive: " + staleAfter);
        require(coverageMargin > 0 && coverageMargin < 1, "coverageMargin must be in (0, 1): " + coverageMargin);
        require(!coolDown.isNegative(), "coolDown must not be negative: " + coolDown);
    }

    /** A of a verdict. */
    public long budgetOf(Verdict verdict) {
        return budgets.getOrDefault(verdict, budget);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
