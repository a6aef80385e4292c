package dev.lastmile.detection;

import dev.lastmile.slice.Slice;
import dev.lastmile.stats.Coarse;
import dev.lastmile.stats.ScoreHistogram;
import dev.lastmile.stats.ScoreMoments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Watches one slice of one model version of a deployment: {@link Verdict#DISPARATE_DEGRADATION} and {@link
 * Verdict#DEGRADATION} where it has a reference, {@link Verdict#DISPARITY} always. The overall slice has no rest, so that
 * only DEGRADATION is left to it. Mutable.
 *
 * <p>Guarantee, per verdict: while no slice of a deployment is worse by more than is tolerated, false alarms are at most
 * one per {@link DetectionSettings#budget()} labelled inferences on average, whatever the batches and however many slices,
 * provided that their shares sum to at most 1 and that a pair holds inferences of one event-time bucket only. Whatever
 * steers a bet here (means, variances, λ) comes from earlier batches and from counts.
 */
public final class SliceDetector implements Watches {

    /** Where a verdict stands. */
    public enum Status {
        /** Nothing to say, or this verdict is not watched. */
        WATCHING,
        /** The evidence is there, but a gate holds the alarm back. */
        SUSPECT,
        /** The alarm was raised and is not yet cleared; its page may wait until it is clear whose trouble it is. */
        FIRING
    }

    private static final byte FORMAT = 3;

    /** Up to this ratio of slice to rest a batch is always paired, however rare the slice usually is. */
    private static final double ALWAYS_BALANCED = 0.25;

    /** How fast m_c follows the rest where it starts from a baseline. */
    private static final double FOLLOWING = 0.02;

    private static final ScoreHistogram NO_REST = new ScoreHistogram();

    private final DetectionSettings settings;
    private final Slice slice;
    private final @Nullable Reference reference;
    private final Map<Verdict, Watch> watches;
    private final TrafficRatio traffic;
    private final RunningScores running;
    private double movingRestMean;
    private double touchedAt;

    private SliceDetector(
            DetectionSettings settings,
            Slice slice,
            @Nullable Reference reference,
            Map<Verdict, Watch> watches,
            TrafficRatio traffic,
            RunningScores running,
            double movingRestMean) {
        this.settings = settings;
        this.slice = slice;
        this.reference = reference;
        this.watches = watches;
        this.traffic = traffic;
        this.running = running;
        this.movingRestMean = movingRestMean;
    }

    /**
     * Starts to watch.
     *
     * @param reference what the baseline says; absent while there is none
     * @param granted what a slice has been granted of the budget before the first update, see {@link Look#granted}
     */
    public static SliceDetector start(
            DetectionSettings settings, Slice slice, @Nullable Reference reference, double granted) {
        Map<Verdict, Watch> watches = new EnumMap<>(Verdict.class);
        for (Verdict verdict : watched(slice, reference)) {
            watches.put(verdict, new Watch(comparison(verdict, settings, reference), granted));
        }
        return new SliceDetector(
                settings,
                slice,
                reference,
                watches,
                new TrafficRatio(),
                new RunningScores(),
                startingRestMean(reference));
    }

    /**
     * This detector with another reference: what rests on the baseline starts anew, DISPARITY goes on. Use the result in
     * place of this one.
     *
     * @param granted what a slice has been granted of the budget so far
     */
    public SliceDetector rebased(@Nullable Reference newReference, double granted) {
        SliceDetector rebased = start(settings, slice, newReference, granted);
        Map<Verdict, Watch> kept = new EnumMap<>(rebased.watches);
        Watch disparity = watches.get(Verdict.DISPARITY);
        if (disparity != null) {
            Claim by = disparity.explainedBy();
            if (by != null && by.verdict() != Verdict.DISPARITY) {
                disparity.standDown(granted);
            }
            kept.put(Verdict.DISPARITY, disparity);
        }
        SliceDetector result = new SliceDetector(
                settings, slice, newReference, kept, traffic, running, startingRestMean(newReference));
        result.touch(touchedAt);
        return result;
    }

    private static List<Verdict> watched(Slice slice, @Nullable Reference reference) {
        List<Verdict> watched = new ArrayList<>();
        if (reference != null && reference.rest() != null && !slice.isOverall()) {
            watched.add(Verdict.DISPARATE_DEGRADATION);
        }
        if (reference != null) {
            watched.add(Verdict.DEGRADATION);
        }
        if (!slice.isOverall()) {
            watched.add(Verdict.DISPARITY);
        }
        return watched;
    }

    private static Comparison comparison(Verdict verdict, DetectionSettings settings, @Nullable Reference reference) {
        return new Comparison(verdict, settings, verdict == Verdict.DISPARITY ? null : reference);
    }

    private static double startingRestMean(@Nullable Reference reference) {
        Reference.Group rest = reference == null ? null : reference.rest();
        return rest == null ? 0 : rest.mean();
    }

    /**
     * Whether what is pending of a bucket may be bet on, or must wait for more of the same bucket: a bet needs both sides,
     * and a slice whose labels come sooner than those of its rest must wait for them. Decided by counts alone.
     *
     * <p>The ratio may reach twice the usual one. Usual is what the baseline says or what is seen of late, whichever is
     * more, so that a slice that has grown since the baseline is not held for ever.
     *
     * @param sliceCount pending scores of the slice
     * @param restCount pending scores of the rest
     */
    public boolean pairs(long sliceCount, long restCount) {
        if (sliceCount <= 0 || restCount <= 0) {
            return false;
        }
        double usual = Math.max(baselineRatio(), traffic.ratioWith(sliceCount, restCount));
        return sliceCount <= Math.max(2 * usual, ALWAYS_BALANCED) * restCount;
    }

    private double baselineRatio() {
        return reference != null && reference.own() ? reference.trafficRatio() : 0;
    }

    /**
     * Bets on the difference between slice and rest.
     *
     * @param sliceScores scores of the slice that were never bet on, of one bucket; none changes nothing
     * @param restScores those of its rest, of the same bucket; none changes nothing
     * @return what there is to say about DISPARATE_DEGRADATION and DISPARITY
     */
    public List<Finding> observePair(ScoreHistogram sliceScores, ScoreHistogram restScores, Look look) {
        List<Finding> findings = new ArrayList<>();
        if (slice.isOverall() || sliceScores.count() == 0 || restScores.count() == 0) {
            return findings;
        }
        Watch disparate = watches.get(Verdict.DISPARATE_DEGRADATION);
        if (disparate != null && reference != null) {
            double ratio = reference.own() ? reference.trafficRatio() : traffic.ratio();
            double[] lambdas = EvidenceProcess.lambdas(reference.slice()::varianceAfter, ratio);
            disparate
                    .observe(movingRestMean, lambdas, sliceScores, restScores, look)
                    .ifPresent(findings::add);
        }
        Watch disparity = watches.get(Verdict.DISPARITY);
        if (disparity != null) {
            // The variance of late is that of the slice as it is, worse or not.
            double variance = running.sliceVariance();
            double[] lambdas = EvidenceProcess.lambdas(effect -> variance, traffic.ratio());
            disparity
                    .observe(running.restMean(), lambdas, sliceScores, restScores, look)
                    .ifPresent(findings::add);
        }
        learn(sliceScores, restScores);
        return findings;
    }

    /** After the bets, so that the next ones rest on the past alone. */
    private void learn(ScoreHistogram sliceScores, ScoreHistogram restScores) {
        ScoreMoments sliceMoments = new ScoreMoments();
        sliceMoments.add(sliceScores);
        ScoreMoments restMoments = new ScoreMoments();
        restMoments.add(restScores);
        running.add(sliceMoments, restMoments);
        movingRestMean = (1 - FOLLOWING) * movingRestMean + FOLLOWING * restMoments.mean();
    }

    /**
     * Bets on the slice against its own baseline, and learns how much of the traffic it is. Call it for every slice with
     * new scores, after {@link #observePair}, also where there is no reference.
     *
     * @param sliceScores scores of the slice that were never bet on here; none changes nothing
     * @return what there is to say about DEGRADATION
     */
    public List<Finding> observeOwn(ScoreHistogram sliceScores, Look look) {
        List<Finding> findings = new ArrayList<>();
        if (!slice.isOverall() && sliceScores.count() > 0) {
            traffic.add(sliceScores.count(), look.parentScores());
        }
        Watch degradation = watches.get(Verdict.DEGRADATION);
        if (degradation != null && reference != null && sliceScores.count() > 0) {
            double[] lambdas = EvidenceProcess.lambdas(reference.slice()::varianceAfter, 0);
            degradation.observe(0, lambdas, sliceScores, NO_REST, look).ifPresent(findings::add);
        }
        return findings;
    }

    @Override
    public @Nullable Watch watch(Verdict verdict) {
        return watches.get(verdict);
    }

    /** Where the clock stood when it last had something to bet on, in labelled inferences of the deployment. */
    double touchedAt() {
        return touchedAt;
    }

    /** Has something to bet on. */
    void touch(double clock) {
        touchedAt = clock;
    }

    /** Has no share of the budget up to what was granted so far. */
    void grantFrom(double granted) {
        watches.values().forEach(watch -> watch.grantFrom(granted));
    }

    /** T of a verdict, as of the last update: 1 is the alarm; while it fires, the T that raised it. Absent where unwatched. */
    public OptionalDouble evidence(Verdict verdict) {
        Watch watch = watches.get(verdict);
        return watch == null ? OptionalDouble.empty() : OptionalDouble.of(watch.evidence());
    }

    /** Where a verdict stands. */
    public Status status(Verdict verdict) {
        Watch watch = watches.get(verdict);
        return watch == null ? Status.WATCHING : watch.status();
    }

    /**
     * How much more the slice got worse than its rest since the baseline, in score units: since onset while it fires, of
     * late otherwise. Absent without a baseline of both, or with fewer than {@link DetectionSettings#minimumLabelled()}.
     * Not in full: others see it, and it rests on more than what they may see.
     */
    public OptionalDouble disparateEffect() {
        Watch disparate = watches.get(Verdict.DISPARATE_DEGRADATION);
        Reference.Group baselineRest = reference == null ? null : reference.rest();
        if (disparate == null || reference == null || baselineRest == null) {
            return OptionalDouble.empty();
        }
        if (disparate.firingEffect().isPresent()) {
            Effect effect = disparate.firingEffect().get();
            return OptionalDouble.of(Coarse.ratio(effect.size(), effect.leastBasis()));
        }
        double size = running.difference() - disparate.comparison().level();
        long remembered = (long) Math.min(running.sliceCount(), running.restCount());
        long least = Math.min(remembered, Math.min(reference.slice().scored(), baselineRest.scored()));
        return running.sliceCount() < settings.minimumLabelled() || least < Comparison.LEAST_REST
                ? OptionalDouble.empty()
                : OptionalDouble.of(Coarse.ratio(size, least));
    }

    /**
     * The gap between slice and rest, of late: as they are, with nothing taken off. Its interval leaves the rest out, which
     * is larger by far where this is of use.
     *
     * @param labelled labelled inferences of the slice in all, to be shown with it; older ones are forgotten by and by
     * @param windowStartMs and {@code windowEndExclusiveMs}: the window it is to be shown with
     * @return empty before the first pair
     */
    public Optional<Effect> gapOfLate(long labelled, long windowStartMs, long windowEndExclusiveMs) {
        return running.gap(labelled, windowStartMs, windowEndExclusiveMs);
    }

    /** Writes the state, a format version first; settings, slice and reference are not part of it. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeDouble(touchedAt);
        traffic.writeTo(out);
        running.writeTo(out);
        out.writeDouble(movingRestMean);
        out.writeByte(watches.size());
        for (Map.Entry<Verdict, Watch> entry : watches.entrySet()) {
            out.writeUTF(entry.getKey().name());
            entry.getValue().writeTo(out);
        }
    }

    /**
     * The inverse of {@link #writeTo}, with the settings, slice and reference that were in force when it was written.
     * Throws {@link IOException} for another format, or where the state watches other verdicts than they call for.
     */
    public static SliceDetector readFrom(
            DataInput in, DetectionSettings settings, Slice slice, @Nullable Reference reference) throws IOException {
        StateFormat.require("detector", FORMAT, in);
        double touchedAt = in.readDouble();
        TrafficRatio traffic = TrafficRatio.readFrom(in);
        RunningScores running = RunningScores.readFrom(in);
        double movingRestMean = in.readDouble();
        List<Verdict> expected = watched(slice, reference);
        Map<Verdict, Watch> watches = new EnumMap<>(Verdict.class);
        for (int left = in.readByte(); left > 0; left--) {
            Verdict verdict = Verdict.valueOf(in.readUTF());
            if (!expected.contains(verdict)) {
                throw new IOException("state of a detector without a reference for " + verdict);
            }
            watches.put(verdict, Watch.readFrom(in, comparison(verdict, settings, reference)));
        }
        if (watches.size() != expected.size()) {
            throw new IOException("state of a detector must watch " + expected + ": " + watches.keySet());
        }
        SliceDetector detector =
                new SliceDetector(settings, slice, reference, watches, traffic, running, movingRestMean);
        detector.touch(touchedAt);
        return detector;
    }
}
