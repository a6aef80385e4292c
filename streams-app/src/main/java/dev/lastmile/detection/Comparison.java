package dev.lastmile.detection;

import dev.lastmile.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * What one verdict compares: its null hypothesis, the effect it estimates, and the gates of its alarm. Gates can only
 * remove alarms, so no guarantee rests on them.
 *
 * @param verdict which
 * @param settings how sure it must be, and of how much
 * @param reference the baseline's part, of scores or, for {@link Verdict#LABEL_COVERAGE}, of missing labels; absent for
 *     {@link Verdict#DISPARITY}
 */
record Comparison(
        Verdict verdict,
        DetectionSettings settings,
        @Nullable Reference reference) {

    /** Standard errors of the baseline that a displayed interval takes in: 95 % of a normal distribution. */
    private static final double BASELINE_SIGMAS = 1.96;

    /** With fewer of the rest a page would tell how many they are, and in so few nothing can be seen to be worse than. */
    static final long LEAST_REST = 11;

    /** A tolerated mean is at least this; tolerating more is never invalid. */
    private static final double LEAST_MEAN = 0.01;

    /** A standard error of the baseline that is allowed for by once its size; smaller ones by less, see {@link #tolerated}. */
    private static final double WELL_KNOWN = 0.02;

    /** Whether the slice is compared with its rest. */
    boolean hasRest() {
        return verdict.hasRest();
    }

    /**
     * The difference, or for DEGRADATION the mean, that is still tolerated: g = level + margin + allowance, where an
     * estimated baseline adds {@code allowance = se·max(z_b, se/.02)}.
     *
     * <p>Proved, given the baseline: let β be what the baseline estimates and level what it says. While the slice is worse
     * than β by no more than the margin, and β − level ≤ allowance, the truth is within g, the null of {@link
     * dev.lastmile.stats.BettingProduct}, and false alarms keep to the budget. With z_b = 3 an estimate hardly ever
     * errs by more.
     *
     * <p>Why se²: an alarm over an effect D takes about n = 2·v·ln(1/budget)/D² scores, in which an error δ of the level
     * weighs λ·n·δ = c·δ with c = 2·ln(1/budget)/D; δ is about normal, E exp(c·(δ − allowance)) = exp(c²se²/2 −
     * c·allowance), which is 1 at allowance = c·se²/2. So an error that is small beside the effects that count needs less
     * than its share of sigmas, a large one more. The full c of a small D would delay its alarms severalfold; .02 stands for
     * c = 100. That this keeps the budget on average over baselines is measured, not proved.
     */
    double tolerated() {
        return switch (verdict) {
            case DISPARITY -> settings.disparityGap();
            case DISPARATE_DEGRADATION -> level() + settings.margin() + allowance();
            case DEGRADATION -> Math.max(LEAST_MEAN, level() + settings.margin() + allowance());
            case LABEL_COVERAGE -> level() + settings.coverageMargin() + allowance();
            case NEW_CONDITION -> throw noTest();
        };
    }

    private double allowance() {
        double se = standardError();
        return se * Math.max(settings.baselineSigmas(), se / WELL_KNOWN);
    }

    /**
     * The difference, or mean, at or above which an alarm stays: the clearing effect above the baseline, or half of what the
     * slice has suffered where that is more, as showing that a large effect is gone need not take as long as showing that
     * a small one is. A disparity, and a fall of coverage, is over when it is no longer above the tolerated one, so that
     * none is both worth an alarm and worth its end.
     *
     * @param suffered what was observed while the effect lasted
     */
    double cleared(Since suffered) {
        return switch (verdict) {
            case DISPARITY -> Math.min(settings.clearEffect(), settings.disparityGap());
            case DISPARATE_DEGRADATION, DEGRADATION ->
                level() + Math.max(settings.clearEffect(), known(suffered) ? size(suffered) / 2 : 0);
            case LABEL_COVERAGE -> level() + settings.coverageMargin();
            case NEW_CONDITION -> throw noTest();
        };
    }

    private boolean known(Since since) {
        return !since.isEmpty() && (!hasRest() || since.rest().count() > 0);
    }

    private double size(Since since) {
        return since.slice().mean() - (hasRest() ? since.rest().mean() : 0) - level();
    }

    /** What the compared quantity was in the baseline: b_s − b_c, b_s, or 0 where there is none. */
    double level() {
        return switch (verdict) {
            case DISPARATE_DEGRADATION, LABEL_COVERAGE ->
                group().mean() - restGroup().mean();
            case DEGRADATION -> group().mean();
            case DISPARITY -> 0;
            case NEW_CONDITION -> throw noTest();
        };
    }

    /** se = sqrt(deff·(v_s/N_s + v_c/N_c)), for DEGRADATION the first term only. */
    double standardError() {
        return switch (verdict) {
            case DISPARATE_DEGRADATION, LABEL_COVERAGE ->
                Math.sqrt(required(reference).designEffect()
                        * (group().meanVariance() + restGroup().meanVariance()));
            case DEGRADATION -> Math.sqrt(required(reference).designEffect() * group().meanVariance());
            case DISPARITY -> 0;
            case NEW_CONDITION -> throw noTest();
        };
    }

    private static IllegalStateException noTest() {
        return new IllegalStateException("a new condition is a fact, not a comparison");
    }

    private Reference.Group group() {
        return required(required(reference).slice());
    }

    private Reference.Group restGroup() {
        return required(required(reference).rest());
    }

    private static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("this verdict needs a baseline");
        }
        return part;
    }

    /**
     * The effect since a moment. Its interval adds, as independent parts, the half-widths of the means since then and that
     * of the baseline's means in quadrature: near enough for display.
     */
    Effect effect(Since since) {
        double sliceMean = since.slice().mean();
        Double restMean = hasRest() ? since.rest().mean() : null;
        double size = size(since);
        double baselineHalf = BASELINE_SIGMAS * standardError();
        double half = Math.hypot(since.slice().halfWidth(), baselineHalf);
        if (hasRest()) {
            half = Math.hypot(half, since.rest().halfWidth());
        }
        boolean restHasBaseline = hasRest() && reference != null;
        return new Effect(
                size,
                new Interval(size - half, size + half),
                sliceMean,
                restMean,
                reference == null ? null : group().mean(),
                restHasBaseline ? restGroup().mean() : null,
                since.slice().count(),
                new Effect.Basis(
                        since.slice().count(),
                        hasRest() ? since.rest().count() : 0,
                        reference == null ? 0 : group().scored(),
                        restHasBaseline ? restGroup().scored() : 0),
                since.windowStartMs(),
                since.windowEndExclusiveMs(),
                reference == null ? null : reference.from(),
                reference == null ? null : baselineCoverage(reference));
    }

    private @Nullable Double baselineCoverage(Reference its) {
        return verdict == Verdict.LABEL_COVERAGE ? (Double) (1 - its.slice().mean()) : its.coverage();
    }

    /**
     * How clearly the effect stands out, in standard errors: z = size/sqrt(v_s/n_s + v_c/n_c + se²). For choosing between
     * slices that show the same trouble; no alarm rests on it.
     *
     * @return 0 where either side has no scores
     */
    double strength(Since since) {
        if (!known(since)) {
            return 0;
        }
        double variance = since.slice().meanVariance() + standardError() * standardError();
        if (hasRest()) {
            variance += since.rest().meanVariance();
        }
        return effect(since).size() / Math.sqrt(variance);
    }

    /** Whether an alarm over what was observed may be raised. */
    boolean letsPass(Since since) {
        return known(since) && letsPass(effect(since));
    }

    /** Whether an alarm with this effect may be raised. */
    boolean letsPass(Effect effect) {
        return effect.labelled() >= settings.minimumLabelled()
                && (!hasRest() || effect.basis().rest() >= LEAST_REST)
                && effect.size() >= settings.minimumEffect()
                && baselineSuffices()
                && ownErrorRose(effect);
    }

    private boolean baselineSuffices() {
        return switch (verdict) {
            case DISPARITY -> true;
            case DEGRADATION -> group().scored() >= settings.minimumBaseline();
            case NEW_CONDITION -> throw noTest();
            case DISPARATE_DEGRADATION, LABEL_COVERAGE ->
                group().scored() >= settings.minimumBaseline() && restGroup().scored() >= settings.minimumBaseline();
        };
    }

    /**
     * Whether it is the slice that got worse, rather than the rest that got better: its own rise makes up half of the
     * effect or more. A mere rise above 0 would let noise turn a better rest into a page. A disparity is about now, not
     * about a change, so that nothing need have risen.
     */
    private boolean ownErrorRose(Effect effect) {
        return switch (verdict) {
            case DISPARITY, DEGRADATION -> true;
            case NEW_CONDITION -> throw noTest();
            case DISPARATE_DEGRADATION, LABEL_COVERAGE -> effect.sliceMean() - group().mean() >= effect.size() / 2;
        };
    }
}
