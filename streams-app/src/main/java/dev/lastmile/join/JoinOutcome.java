package dev.lastmile.join;

import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.score.Score;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one record changed: collected while the rules run, then read once, before {@link Joiner} takes the next. */
public final class JoinOutcome {

    /** A change of the statistics of the slices an inference belongs to. */
    public sealed interface Change {
        /** The inference whose slices change. */
        KnownInference inference();

        /** It was accepted. */
        record Received(KnownInference inference) implements Change {}

        /**
         * It was labelled for the first time.
         *
         * @param score how wrong it was
         * @param delayMs from its occurrence to the observation of the truth
         */
        record Labelled(KnownInference inference, Score score, long delayMs) implements Change {}

        /**
         * Its label was corrected.
         *
         * @param before to be taken back
         * @param after to be counted instead
         */
        record Corrected(KnownInference inference, Score before, Score after) implements Change {}
    }

    /**
     * A ground truth that turned out to be of no use; goes to the dead letters.
     *
     * @param truth which one
     * @param reason why
     */
    public record Refusal(ParkedTruth truth, Reason reason) {}

    /** Why the join refuses a ground truth. */
    public enum Reason {
        /** The inference's output and this truth have no score in common. */
        NOT_SCORABLE,
        /** A correction of text that was dropped when it was first scored, because corrections are switched off. */
        CORRECTIONS_OFF,
        /** More revisions than are kept for one inference. */
        TOO_MANY_REVISIONS
    }

    private final Ledger ledger = new Ledger();
    private final List<Change> changes = new ArrayList<>(2);
    private final List<Refusal> refusals = new ArrayList<>(0);
    private @Nullable JoinEntry entry;
    private boolean changed;

    void clear() {
        ledger.clear();
        changes.clear();
        refusals.clear();
        entry = null;
        changed = false;
    }

    void count(Disposition disposition, long delta) {
        ledger.add(disposition, delta);
    }

    void change(Change change) {
        changes.add(change);
    }

    void refuse(ParkedTruth truth, Reason reason) {
        refusals.add(new Refusal(truth, reason));
        ledger.add(Disposition.TRUTH_DEAD_LETTERED, truth.copies());
    }

    JoinOutcome keep(JoinEntry kept) {
        entry = kept;
        changed = true;
        return this;
    }

    JoinOutcome leave(JoinEntry kept) {
        entry = kept;
        return this;
    }

    /** What to keep under the id from now on; absent when nothing. */
    public @Nullable JoinEntry entry() {
        return entry;
    }

    /** Whether {@link #entry()} is another than before. */
    public boolean isEntryChanged() {
        return changed;
    }

    /** Changes of dispositions, negative where records left a waiting state. */
    public Ledger ledger() {
        return ledger;
    }

    /** Changes of statistics, in order. */
    public List<Change> changes() {
        return changes;
    }

    /** Ground truths for the dead letters, in order. */
    public List<Refusal> refusals() {
        return refusals;
    }
}
