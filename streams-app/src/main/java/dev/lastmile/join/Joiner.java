package dev.lastmile.join;

import dev.lastmile.event.Answer;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.GroundTruth;
import dev.lastmile.event.Inference;
import dev.lastmile.event.Ledger;
import dev.lastmile.join.JoinEntry.Known;
import dev.lastmile.join.JoinEntry.Parked;
import dev.lastmile.join.JoinOutcome.Change;
import dev.lastmile.join.JoinOutcome.Reason;
import dev.lastmile.score.Score;
import dev.lastmile.score.Scorer;
import dev.lastmile.slice.Slicing;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which the inferences and ground truths of one deployment meet. What comes out depends on what is kept under the
 * id and on the record alone: no clock, no order between ids. Not thread-safe.
 *
 * <ul>
 *   <li>The first inference with an id stands; the same again is a duplicate, other content a conflict.
 *   <li>A ground truth observed later than the horizon after its inference occurred is too late, whatever else it is.
 *   <li>The highest revision stands. The same revision again is a duplicate, with other content a conflict, and the first
 *       stays. A lower revision than the standing one is superseded. One that was refused is a duplicate when it comes again,
 *       and makes no conflict with another content.
 *   <li>Ground truths without an inference wait, undecided, and are taken in order of arrival once it comes.
 * </ul>
 */
public final class Joiner {

    /** More revisions than this for one inference, accepted or not scorable, are refused. */
    public static final int MAX_REVISIONS = 16;

    /** What customers invent must not fill the heap: so many versions, or values, and they are forgotten. */
    private static final int MOST_SEEN = 10_000;

    private final DeploymentId deployment;
    private final Scorer scorer;
    private final Slicing slicing;
    private final int fingerprint;
    private final Map<String, Origin> origins = new HashMap<>();
    private final Map<String, String> shownValues = new HashMap<>();
    private final ContentHash hash = new ContentHash();
    private final JoinOutcome outcome = new JoinOutcome();
    private final long horizonMs;
    private final long maxAgeMs;
    private final boolean corrections;
    private final Origin ofParked;

    /**
     * @param horizon how long after the inference its ground truth may be observed
     * @param maxAge how old an event may be when the broker appends it; entries are kept that much longer
     * @param corrections whether a labelled inference keeps its output for later revisions
     */
    public Joiner(
            DeploymentId deployment,
            Scorer scorer,
            Slicing slicing,
            Duration horizon,
            Duration maxAge,
            boolean corrections) {
        this.deployment = deployment;
        this.scorer = scorer;
        this.slicing = slicing;
        this.fingerprint = slicing.fingerprint();
        this.horizonMs = horizon.toMillis();
        this.maxAgeMs = maxAge.toMillis();
        this.corrections = corrections;
        this.ofParked = new Origin(deployment, keepMs(), Origin.NO_VERSION, 0);
    }

    /**
     * Takes an inference whose answer {@link Scorer#accepts}.
     *
     * @return this object's own, to be read before the next call
     */
    public JoinOutcome infer(@Nullable JoinEntry entry, Inference inference) {
        outcome.clear();
        long contentHash = hash.of(inference);
        if (entry instanceof Known known) {
            boolean same = known.inference().contentHash() == contentHash;
            outcome.count(same ? Disposition.INFERENCE_DUPLICATE : Disposition.INFERENCE_CONFLICTING, 1);
            return outcome.leave(known);
        }
        Answer output = inference.output();
        Score own = output instanceof Answer.ErrorCounts counts ? scorer.selfScored(counts) : null;
        KnownInference accepted = new KnownInference(
                contentHash,
                originOf(inference.modelVersion()),
                slicing.valuesOf(inference.attributes(), this::shown),
                inference.occurredAtMs(),
                hash.ofSession(inference.sessionId()),
                output,
                own == null ? KnownInference.NONE : KnownInference.SELF_SCORED,
                own,
                List.of());
        outcome.change(new Change.Received(accepted));
        outcome.count(Disposition.INFERENCE_WAITING, 1);
        if (own != null) {
            countLabel(accepted, own, 0);
        }
        if (entry instanceof Parked parked) {
            for (ParkedTruth truth : parked.truths()) {
                outcome.count(Disposition.TRUTH_WAITING, -truth.copies());
                for (int copy = 0; copy < truth.copies(); copy++) {
                    accepted = apply(accepted, truth);
                }
            }
        }
        return outcome.keep(new Known(accepted, deadlineOf(inference.occurredAtMs())));
    }

    /**
     * Takes a ground truth whose answer {@link Scorer#acceptsTruth}.
     *
     * @param appendMs when the broker appended it
     * @param offset where it stands in its topic
     * @return this object's own, to be read before the next call
     */
    public JoinOutcome learn(@Nullable JoinEntry entry, GroundTruth groundTruth, long appendMs, long offset) {
        outcome.clear();
        ParkedTruth truth = new ParkedTruth(
                groundTruth.revision(),
                groundTruth.observedAtMs(),
                groundTruth.truth(),
                hash.of(groundTruth.truth()),
                appendMs,
                offset,
                1);
        if (entry instanceof Known known) {
            KnownInference before = known.inference();
            KnownInference after = apply(before, truth);
            return after.seen().size() == before.seen().size()
                    ? outcome.leave(known)
                    : outcome.keep(new Known(after, known.deadlineMs()));
        }
        Parked parked = entry instanceof Parked earlier ? earlier : new Parked(ofParked, List.of(), Long.MIN_VALUE);
        if (parked.isFull() && !parked.holds(truth)) {
            outcome.refuse(truth, Reason.TOO_MANY_REVISIONS);
            return outcome.leave(parked);
        }
        outcome.count(Disposition.TRUTH_WAITING, 1);
        return outcome.keep(parked.with(truth, deadlineOf(appendMs)));
    }

    /** How long an entry of this deployment is kept after its event. */
    public long keepMs() {
        return horizonMs + maxAgeMs;
    }

    /** What becomes of records that waited until their deadline. */
    public static Ledger expired(Waiting waiting) {
        Ledger ledger = new Ledger();
        ledger.add(Disposition.INFERENCE_WAITING, -waiting.inferences());
        ledger.add(Disposition.INFERENCE_EXPIRED, waiting.inferences());
        ledger.add(Disposition.TRUTH_WAITING, -waiting.truths());
        ledger.add(Disposition.TRUTH_EXPIRED, waiting.truths());
        return ledger;
    }

    /** One object for all of a version, since they are kept in great numbers. */
    private Origin originOf(String modelVersion) {
        Origin known = origins.get(modelVersion);
        if (known == null) {
            forgetIfFull(origins);
            known = new Origin(deployment, keepMs(), Slicing.shownVersion(modelVersion), fingerprint);
            origins.put(modelVersion, known);
        }
        return known;
    }

    /** A value as it is counted: one object of those that are equal. */
    private String shown(String value) {
        String known = shownValues.get(value);
        if (known == null) {
            forgetIfFull(shownValues);
            known = Slicing.shownValue(value);
            shownValues.put(value, known);
        }
        return known;
    }

    private static void forgetIfFull(Map<?, ?> seen) {
        if (seen.size() >= MOST_SEEN) {
            seen.clear();
        }
    }

    private KnownInference apply(KnownInference inference, ParkedTruth truth) {
        long delayMs = truth.observedAtMs() - inference.occurredAtMs();
        if (delayMs > horizonMs) {
            outcome.count(Disposition.TRUTH_TOO_LATE, 1);
            return inference;
        }
        for (SeenRevision seen : inference.seen()) {
            if (seen.decides(truth.revision(), truth.contentHash())) {
                boolean same = seen.contentHash() == truth.contentHash();
                outcome.count(same ? Disposition.TRUTH_DUPLICATE : Disposition.TRUTH_CONFLICTING, 1);
                return inference;
            }
        }
        if (inference.seen().size() >= MAX_REVISIONS) {
            outcome.refuse(once(truth), Reason.TOO_MANY_REVISIONS);
            return inference;
        }
        return accept(inference, truth, delayMs);
    }

    private KnownInference accept(KnownInference inference, ParkedTruth truth, long delayMs) {
        Answer output = inference.output();
        if (truth.revision() < inference.standingRevision()) {
            outcome.count(Disposition.TRUTH_SUPERSEDED, 1);
            return inference.seeing(truth, false, output);
        }
        Optional<Score> score = scorer.score(output == null ? new Answer.Nothing() : output, truth.truth());
        if (score.isEmpty()) {
            outcome.refuse(once(truth), output == null ? Reason.CORRECTIONS_OFF : Reason.NOT_SCORABLE);
            return inference.seeing(truth, true, output);
        }
        Score before = inference.score();
        if (before == null) {
            outcome.count(Disposition.TRUTH_JOINED, 1);
            countLabel(inference, score.get(), delayMs);
        } else {
            outcome.count(Disposition.TRUTH_CORRECTION_APPLIED, 1);
            outcome.change(new Change.Corrected(inference, before, score.get()));
        }
        return inference.labelled(truth, score.get(), corrections ? output : withoutText(output));
    }

    private void countLabel(KnownInference inference, Score score, long delayMs) {
        outcome.count(Disposition.INFERENCE_WAITING, -1);
        outcome.count(Disposition.INFERENCE_JOINED, 1);
        outcome.change(new Change.Labelled(inference, score, delayMs));
    }

    /** What may be kept of an output once it is scored: that there is none, or counts, tells nothing. */
    private static @Nullable Answer withoutText(@Nullable Answer output) {
        return output instanceof Answer.Nothing || output instanceof Answer.ErrorCounts ? output : null;
    }

    private static ParkedTruth once(ParkedTruth truth) {
        return new ParkedTruth(
                truth.revision(),
                truth.observedAtMs(),
                truth.truth(),
                truth.contentHash(),
                truth.appendMs(),
                truth.offset(),
                1);
    }

    /** The end of time is a deadline too: a stranger's time stamp must not make this fail. */
    private long deadlineOf(long fromMs) {
        return fromMs > Long.MAX_VALUE - keepMs() ? Long.MAX_VALUE : fromMs + keepMs();
    }
}
