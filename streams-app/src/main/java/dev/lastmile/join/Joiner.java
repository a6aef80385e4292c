package dev.lastmile.join;

import dev.lastmile.event.Answer;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which the inferences and ground truths of one deployment meet. A pure function of what is kept under the id
 * and the record: no clock, no order between ids.
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

    /** What customers invent must not fill the heap: with so many lists of values they are forgotten. */
    private static final int MOST_VALUES = 10_000;

    private final Scorer scorer;
    private final Slicing slicing;
    private final int fingerprint;
    private final Map<List<String>, List<String>> values = new HashMap<>();
    private final long horizonMs;
    private final long maxAgeMs;
    private final boolean corrections;

    /**
     * @param horizon how long after the inference its ground truth may be observed
     * @param maxAge how old an event may be when the broker appends it; entries are kept that much longer
     * @param corrections whether a labelled inference keeps its output for later revisions
     */
    public Joiner(Scorer scorer, Slicing slicing, Duration horizon, Duration maxAge, boolean corrections) {
        this.scorer = scorer;
        this.slicing = slicing;
        this.fingerprint = slicing.fingerprint();
        this.horizonMs = horizon.toMillis();
        this.maxAgeMs = maxAge.toMillis();
        this.corrections = corrections;
    }

    /** Takes an inference whose answer {@link Scorer#accepts}. */
    public JoinOutcome infer(@Nullable JoinEntry entry, Inference inference) {
        JoinOutcome outcome = new JoinOutcome();
        long contentHash = ContentHash.of(inference);
        if (entry instanceof Known known) {
            boolean same = known.inference().contentHash() == contentHash;
            outcome.count(same ? Disposition.INFERENCE_DUPLICATE : Disposition.INFERENCE_CONFLICTING, 1);
            return outcome.leave(known);
        }
        KnownInference accepted = new KnownInference(
                contentHash,
                Slicing.shownVersion(inference.modelVersion()),
                inference.occurredAtMs(),
                fingerprint,
                valuesOf(inference),
                ContentHash.ofSession(inference.sessionId()),
                inference.output(),
                KnownInference.NONE,
                null,
                List.of());
        outcome.change(new Change.Received(accepted));
        outcome.count(Disposition.INFERENCE_WAITING, 1);
        if (inference.output() instanceof Answer.ErrorCounts counts) {
            accepted = label(accepted, KnownInference.SELF_SCORED, scorer.selfScored(counts), 0, outcome);
        }
        if (entry instanceof Parked parked) {
            for (ParkedTruth truth : parked.truths()) {
                outcome.count(Disposition.TRUTH_WAITING, -truth.copies());
                for (int copy = 0; copy < truth.copies(); copy++) {
                    accepted = apply(accepted, truth, outcome);
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
     */
    public JoinOutcome learn(@Nullable JoinEntry entry, GroundTruth groundTruth, long appendMs, long offset) {
        JoinOutcome outcome = new JoinOutcome();
        ParkedTruth truth = new ParkedTruth(
                groundTruth.revision(),
                groundTruth.observedAtMs(),
                groundTruth.truth(),
                ContentHash.of(groundTruth.truth()),
                appendMs,
                offset,
                1);
        if (entry instanceof Known known) {
            KnownInference updated = apply(known.inference(), truth, outcome);
            return updated.equals(known.inference())
                    ? outcome.leave(known)
                    : outcome.keep(new Known(updated, known.deadlineMs()));
        }
        Parked parked = entry instanceof Parked earlier ? earlier : new Parked(List.of(), Long.MIN_VALUE);
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

    /** One list for all inferences with the same values: they are kept in great numbers. */
    private List<String> valuesOf(Inference inference) {
        List<String> its = slicing.valuesOf(inference.attributes());
        List<String> known = values.get(its);
        if (known == null) {
            if (values.size() >= MOST_VALUES) {
                values.clear();
            }
            known = List.copyOf(its);
            values.put(known, known);
        }
        return known;
    }

    private KnownInference apply(KnownInference inference, ParkedTruth truth, JoinOutcome outcome) {
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
        return accept(inference, truth, delayMs, outcome);
    }

    private KnownInference accept(KnownInference inference, ParkedTruth truth, long delayMs, JoinOutcome outcome) {
        if (truth.revision() < inference.standingRevision()) {
            outcome.count(Disposition.TRUTH_SUPERSEDED, 1);
            return withSeen(inference, truth, false, inference.output());
        }
        Answer output = inference.output();
        Optional<Score> score = scorer.score(output == null ? new Answer.Nothing() : output, truth.truth());
        if (score.isEmpty()) {
            outcome.refuse(once(truth), output == null ? Reason.CORRECTIONS_OFF : Reason.NOT_SCORABLE);
            return withSeen(inference, truth, true, output);
        }
        KnownInference seen = withSeen(inference, truth, false, corrections ? output : withoutText(output));
        Score before = inference.score();
        if (before == null) {
            outcome.count(Disposition.TRUTH_JOINED, 1);
            return label(seen, truth.revision(), score.get(), delayMs, outcome);
        }
        outcome.count(Disposition.TRUTH_CORRECTION_APPLIED, 1);
        outcome.change(new Change.Corrected(inference, before, score.get()));
        return withScore(seen, truth.revision(), score.get());
    }

    private static KnownInference label(
            KnownInference inference, int revision, Score score, long delayMs, JoinOutcome outcome) {
        outcome.count(Disposition.INFERENCE_WAITING, -1);
        outcome.count(Disposition.INFERENCE_JOINED, 1);
        outcome.change(new Change.Labelled(inference, score, delayMs));
        return withScore(inference, revision, score);
    }

    private static KnownInference withScore(KnownInference inference, int revision, Score score) {
        return new KnownInference(
                inference.contentHash(),
                inference.modelVersion(),
                inference.occurredAtMs(),
                inference.slicing(),
                inference.values(),
                inference.session(),
                inference.output(),
                revision,
                score,
                inference.seen());
    }

    /** What may be kept of an output once it is scored: that there is none, or counts, tells nothing. */
    private static @Nullable Answer withoutText(@Nullable Answer output) {
        return output instanceof Answer.Nothing || output instanceof Answer.ErrorCounts ? output : null;
    }

    private static KnownInference withSeen(
            KnownInference inference, ParkedTruth truth, boolean refused, @Nullable Answer output) {
        List<SeenRevision> seen = new ArrayList<>(inference.seen());
        seen.add(new SeenRevision(truth.revision(), truth.contentHash(), refused));
        return new KnownInference(
                inference.contentHash(),
                inference.modelVersion(),
                inference.occurredAtMs(),
                inference.slicing(),
                inference.values(),
                inference.session(),
                output,
                inference.standingRevision(),
                inference.score(),
                seen);
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
