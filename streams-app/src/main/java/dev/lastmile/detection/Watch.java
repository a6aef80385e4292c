package dev.lastmile.detection;

import dev.lastmile.detection.Finding.Change;
import dev.lastmile.detection.SliceDetector.Status;
import dev.lastmile.stats.BettingProduct;
import dev.lastmile.stats.ScoreHistogram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * One verdict of one slice: evidence for it until it fires, then evidence for its end. Mutable.
 *
 * <p>While it fires, only what occurred since the onset counts: a label that comes late for an inference from before says
 * nothing about whether the trouble is over.
 */
final class Watch {

    /**
     * Labelled inferences of the slice, while it fires, per false end of an alert, at most one on average. A false end
     * costs less than a false page: the alert fires again, within the cool-down under the same id.
     */
    private static final double CLEAR_BUDGET = 50_000;

    private final Comparison comparison;
    private final EvidenceProcess evidence;
    private final Onset onset;
    private double lastClock;
    private Status status;
    private Since episode;
    private double evidenceAtAlarm;

    /** Starts to watch. */
    Watch(Comparison comparison, double clock) {
        this(comparison, new EvidenceProcess(), new Onset(), clock, Status.WATCHING, new Since(), 0);
    }

    private Watch(
            Comparison comparison,
            EvidenceProcess evidence,
            Onset onset,
            double lastClock,
            Status status,
            Since episode,
            double evidenceAtAlarm) {
        this.comparison = comparison;
        this.evidence = evidence;
        this.onset = onset;
        this.lastClock = lastClock;
        this.status = status;
        this.episode = episode;
        this.evidenceAtAlarm = evidenceAtAlarm;
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
     * Takes in one batch.
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
        double budget = (double) EvidenceProcess.BETS * comparison.settings().budget();
        double injected = look.share() * Math.max(0, look.clock() - lastClock) / budget;
        lastClock = Math.max(lastClock, look.clock());
        double[] logFactors = new double[EvidenceProcess.BETS];
        bet(comparison.tolerated(), restMean, slice, rest).ifPresent(bet -> {
            for (int j = 0; j < lambdas.length; j++) {
                logFactors[j] = bet.log(lambdas[j], slice, rest);
            }
        });
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
        status = Status.FIRING;
        episode = since;
        evidenceAtAlarm = evidence.total();
        evidence.reset();
        onset.reset();
        return Optional.of(new Finding(comparison.verdict(), Change.FIRED, comparison.effect(episode)));
    }

    private Optional<Finding> observeFiring(
            double restMean, double[] lambdas, ScoreHistogram slice, ScoreHistogram rest, Look look) {
        if (look.bucketStartMs() < episode.windowStartMs()) {
            return Optional.empty();
        }
        episode.add(slice, rest, look);
        double[] logFactors = new double[EvidenceProcess.BETS];
        bet(comparison.cleared(), restMean, slice, rest).ifPresent(bet -> {
            for (int j = 0; j < lambdas.length; j++) {
                logFactors[j] = bet.reverseLog(lambdas[j], slice, rest);
            }
        });
        evidence.update(slice.count() / (EvidenceProcess.BETS * CLEAR_BUDGET), logFactors);
        onset.update(logFactors, slice, rest, look);
        Since recovery = onset.best();
        if (evidence.total() >= 1
                && recovery.slice().count() >= comparison.settings().minimumLabelled()) {
            Effect now = comparison.effect(recovery);
            if (now.size() + comparison.level() < comparison.cleared()) {
                status = Status.WATCHING;
                lastClock = Math.max(lastClock, look.clock());
                episode = new Since();
                evidence.reset();
                onset.reset();
                return Optional.of(new Finding(comparison.verdict(), Change.CLEARED, now));
            }
        }
        return Optional.of(new Finding(comparison.verdict(), Change.UPDATED, comparison.effect(episode)));
    }

    private Optional<BettingProduct> bet(double bound, double restMean, ScoreHistogram slice, ScoreHistogram rest) {
        return comparison.hasRest()
                ? BettingProduct.onDifference(restMean, bound, slice.count(), rest.count())
                : BettingProduct.onMean(bound);
    }

    void writeTo(DataOutput out) throws IOException {
        evidence.writeTo(out);
        onset.writeTo(out);
        out.writeDouble(lastClock);
        out.writeUTF(status.name());
        if (status == Status.FIRING) {
            episode.writeTo(out);
            out.writeDouble(evidenceAtAlarm);
        }
    }

    static Watch readFrom(DataInput in, Comparison comparison) throws IOException {
        EvidenceProcess evidence = EvidenceProcess.readFrom(in);
        Onset onset = Onset.readFrom(in);
        double lastClock = in.readDouble();
        Status status = Status.valueOf(in.readUTF());
        boolean firing = status == Status.FIRING;
        Since episode = firing ? Since.readFrom(in) : new Since();
        return new Watch(comparison, evidence, onset, lastClock, status, episode, firing ? in.readDouble() : 0);
    }
}
