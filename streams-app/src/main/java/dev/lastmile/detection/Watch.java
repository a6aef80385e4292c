package dev.lastmile.detection;

import dev.lastmile.detection.Finding.Change;
import dev.lastmile.detection.SliceDetector.Status;
import dev.lastmile.stats.BettingProduct;
import dev.lastmile.stats.ScoreHistogram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One verdict of one slice: evidence for it until it fires, then evidence for its end. Mutable.
 *
 * <p>While it fires, only what occurred since the onset counts: a label that comes late for an inference from before says
 * nothing about whether the trouble is over.
 */
final class Watch {

    /**
     * Labelled inferences of the slice, while it fires and the effect is at the clearing level or above, per false end of an
     * alert, at most one on average. A false end costs less than a false page: the alert fires again, within the
     * cool-down under the same id.
     */
    private static final double CLEAR_BUDGET = 40_000;

    /** Whose trouble it is may stay open until the alarm has so many times the labels it was raised with. */
    private static final double PATIENCE = 1.5;

    private final Comparison comparison;
    private final double tolerated;
    private final long budget;
    private final EvidenceProcess evidence;
    private final Onset onset;
    private double lastGranted;
    private Status status;
    private Since episode;
    private double evidenceAtAlarm;
    private @Nullable Claim explainedBy;

    /** Labels of the slice since onset at which its page no longer waits for a clear name; 0 where none waits. */
    private long waitsUntil;

    /** Starts to watch. */
    Watch(Comparison comparison, double granted) {
        this(comparison, new EvidenceProcess(), new Onset(), granted, Status.WATCHING, new Since(), 0, null, 0);
    }

    private Watch(
            Comparison comparison,
            EvidenceProcess evidence,
            Onset onset,
            double lastGranted,
            Status status,
            Since episode,
            double evidenceAtAlarm,
            @Nullable Claim explainedBy,
            long waitsUntil) {
        this.comparison = comparison;
        tolerated = comparison.tolerated();
        budget = comparison.settings().budgetOf(comparison.verdict());
        this.evidence = evidence;
        this.onset = onset;
        this.lastGranted = lastGranted;
        this.status = status;
        this.episode = episode;
        this.evidenceAtAlarm = evidenceAtAlarm;
        this.explainedBy = explainedBy;
        this.waitsUntil = waitsUntil;
    }

    Comparison comparison() {
        return comparison;
    }

    Status status() {
        return status;
    }

    /** T; while firing, the T that raised the alarm. */
    double evidence() {
        return status == Status.FIRING ? evidenceAtAlarm : evidence.total();
    }

    /** The effect since onset; empty unless it fires. */
    Optional<Effect> firingEffect() {
        return status == Status.FIRING ? Optional.of(comparison.effect(episode)) : Optional.empty();
    }

    /**
     * Takes in one batch. An alarm that another one explains has nothing to say for itself until it stands down.
     *
     * @param restMean m_c, a guess from past batches; of no effect for DEGRADATION
     * @param lambdas λ_j, chosen from the past and from counts
     */
    Optional<Finding> observe(double restMean, double[] lambdas, ScoreHistogram slice, ScoreHistogram rest, Look look) {
        return status == Status.FIRING
                ? observeFiring(restMean, lambdas, slice, rest, look)
                : observeQuiet(restMean, lambdas, slice, rest, look);
    }

    private Optional<Finding> observeQuiet(
            double restMean, double[] lambdas, ScoreHistogram slice, ScoreHistogram rest, Look look) {
        double injected = Math.max(0, look.granted() - lastGranted) / budget;
        grantFrom(look.granted());
        double[] logFactors = bet(tolerated, restMean, slice, rest)
                .map(bet -> weighted(bet.logs(lambdas, slice, rest), look))
                .orElseGet(() -> new double[EvidenceProcess.BETS]);
        evidence.update(injected, logFactors);
        onset.update(logFactors, slice, rest, look);
        if (evidence.total() < 1) {
            status = Status.WATCHING;
            return Optional.empty();
        }
        Since since = onset.best();
        if (since.isEmpty() || !comparison.letsPass(comparison.effect(since))) {
            status = Status.SUSPECT;
            return Optional.empty();
        }
        return Optional.of(fire(since));
    }

    /** Raises the alarm, whoever brought the evidence; what was observed since the onset must not be empty. */
    Finding fire(Since since) {
        status = Status.FIRING;
        episode = since;
        evidenceAtAlarm = evidence.total();
        explainedBy = null;
        waitsUntil = 0;
        evidence.reset();
        onset.reset();
        return fired();
    }

    /**
     * Ends the alarm, and watches anew with no evidence; an alarm yet to come has to be shown by labels yet to come.
     *
     * @param granted what a slice has been granted of the budget so far; none of it is left
     */
    void standDown(double granted) {
        grantFrom(granted);
        status = Status.WATCHING;
        episode = new Since();
        explainedBy = null;
        waitsUntil = 0;
        evidence.reset();
        onset.reset();
    }

    /** That it fires, with the numbers as they are; it must be firing. */
    Finding fired() {
        return new Finding(comparison.verdict(), Change.FIRED, comparison.effect(episode));
    }

    /** That it fires still, with the numbers as they are; it must be firing. */
    Finding updated() {
        return new Finding(comparison.verdict(), Change.UPDATED, comparison.effect(episode));
    }

    /** What has been granted so far is not injected: the slice had no share, or has used it up. */
    void grantFrom(double granted) {
        lastGranted = Math.max(lastGranted, granted);
    }

    /** The claim whose page tells of this alarm; absent where it has a page of its own, or does not fire. */
    @Nullable
    Claim explainedBy() {
        return explainedBy;
    }

    /** This alarm, which fires, is told by the page of another claim until it ends, or until that claim does. */
    void explain(Claim by) {
        explainedBy = by;
        waitsUntil = 0;
    }

    /** This alarm, which has just been raised, has no page until it is known whose the trouble is. */
    void await() {
        waitsUntil = (long) Math.ceil(PATIENCE * episode.slice().count());
    }

    /** Whether it fires and has no page yet, its own or another's. */
    boolean waits() {
        return waitsUntil > 0;
    }

    /** Whether it need not have a page yet. */
    boolean mayWait() {
        return episode.slice().count() < waitsUntil;
    }

    /** This alarm, which fires, has a page of its own from now on. */
    void tellItself() {
        explainedBy = null;
        waitsUntil = 0;
    }

    /** What was observed since the change began that this watch would date now; empty where nothing speaks for one. */
    Since sinceOnset() {
        return status == Status.FIRING ? episode : onset.best();
    }

    /** How clearly the effect stands out since the onset, in standard errors; it must be firing. */
    double strength() {
        return comparison.strength(episode);
    }

    /**
     * Bets that the effect is below the clearing level of {@link Comparison#cleared}. That level follows from what was
     * observed before this batch, without the stretch that looks recovered, so that it stays while a recovery is being
     * shown. Whatever the level is at each time: E[L_j | past] ≤ 1 while the effect is at it or above, and so false
     * ends are at most the injected, one in {@value #CLEAR_BUDGET} scores of the slice.
     */
    private Optional<Finding> observeFiring(
            double restMean, double[] lambdas, ScoreHistogram slice, ScoreHistogram rest, Look look) {
        if (look.bucketStartMs() < episode.windowStartMs()) {
            return Optional.empty();
        }
        double cleared = comparison.cleared(episode.minus(onset.best()));
        episode.add(slice, rest, look);
        double[] logFactors = bet(cleared, restMean, slice, rest)
                .map(bet -> weighted(bet.reverseLogs(lambdas, slice, rest), look))
                .orElseGet(() -> new double[EvidenceProcess.BETS]);
        evidence.update(slice.count() / CLEAR_BUDGET, logFactors);
        onset.update(logFactors, slice, rest, look);
        Since recovery = onset.best();
        if (evidence.total() >= 1
                && recovery.slice().count() >= comparison.settings().minimumLabelled()) {
            Effect now = comparison.effect(recovery);
            if (now.size() + comparison.level() < cleared) {
                boolean told = explainedBy == null && !waits();
                standDown(look.granted());
                return told ? Optional.of(new Finding(comparison.verdict(), Change.CLEARED, now)) : Optional.empty();
            }
        }
        return explainedBy == null ? Optional.of(updated()) : Optional.empty();
    }

    private static double[] weighted(double[] logs, Look look) {
        for (int j = 0; j < logs.length; j++) {
            logs[j] *= look.weight();
        }
        return logs;
    }

    private Optional<BettingProduct> bet(double bound, double restMean, ScoreHistogram slice, ScoreHistogram rest) {
        return comparison.hasRest()
                ? BettingProduct.onDifference(restMean, bound, slice.count(), rest.count())
                : BettingProduct.onMean(bound);
    }

    void writeTo(DataOutput out) throws IOException {
        evidence.writeTo(out);
        onset.writeTo(out);
        out.writeDouble(lastGranted);
        out.writeUTF(status.name());
        if (status == Status.FIRING) {
            episode.writeTo(out);
            out.writeDouble(evidenceAtAlarm);
            Claim by = explainedBy;
            out.writeBoolean(by != null);
            if (by != null) {
                by.writeTo(out);
            }
            out.writeLong(waitsUntil);
        }
    }

    static Watch readFrom(DataInput in, Comparison comparison) throws IOException {
        EvidenceProcess evidence = EvidenceProcess.readFrom(in);
        Onset onset = Onset.readFrom(in);
        double lastGranted = in.readDouble();
        Status status = Status.valueOf(in.readUTF());
        boolean firing = status == Status.FIRING;
        Since episode = firing ? Since.readFrom(in) : new Since();
        double evidenceAtAlarm = firing ? in.readDouble() : 0;
        Claim by = firing && in.readBoolean() ? Claim.readFrom(in) : null;
        long waitsUntil = firing ? in.readLong() : 0;
        return new Watch(comparison, evidence, onset, lastGranted, status, episode, evidenceAtAlarm, by, waitsUntil);
    }
}
