package dev.lastmile.join;

import dev.lastmile.event.Answer;
import dev.lastmile.score.Score;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an accepted inference.
 *
 * @param contentHash of everything the customer sent, to tell duplicates from conflicts
 * @param origin what it has in common with others
 * @param values one a dimension that was declared then
 * @param occurredAtMs when it was made
 * @param session hash of the session it belongs to; {@link #NO_SESSION} where it declares none
 * @param output what it said; absent once no ground truth can need it any more
 * @param standingRevision revision of the ground truth that stands; {@link #SELF_SCORED} when the inference came with
 *     counts of its own, {@link #NONE} while unlabelled
 * @param score how wrong it was by the standing ground truth; absent while unlabelled
 * @param seen revisions judged so far
 */
public record KnownInference(
        long contentHash,
        Origin origin,
        List<String> values,
        long occurredAtMs,
        int session,
        @Nullable Answer output,
        int standingRevision,
        @Nullable Score score,
        List<SeenRevision> seen) {

    /** It declares no session. */
    public static final int NO_SESSION = 0;

    /** No ground truth yet. */
    public static final int NONE = -2;

    /** The customer's own counts stand, until a ground truth corrects them. */
    public static final int SELF_SCORED = -1;

    public KnownInference {
        values = List.copyOf(values);
        seen = List.copyOf(seen);
    }

    boolean isLabelled() {
        return score != null;
    }

    /** After a truth was judged that does not stand. */
    KnownInference seeing(ParkedTruth truth, boolean refused, @Nullable Answer newOutput) {
        return new KnownInference(
                contentHash,
                origin,
                values,
                occurredAtMs,
                session,
                newOutput,
                standingRevision,
                score,
                with(new SeenRevision(truth.revision(), truth.contentHash(), refused)));
    }

    /** After a truth was judged that stands. */
    KnownInference labelled(ParkedTruth truth, Score newScore, @Nullable Answer newOutput) {
        return new KnownInference(
                contentHash,
                origin,
                values,
                occurredAtMs,
                session,
                newOutput,
                truth.revision(),
                newScore,
                with(new SeenRevision(truth.revision(), truth.contentHash(), false)));
    }

    private List<SeenRevision> with(SeenRevision revision) {
        if (seen.isEmpty()) {
            return List.of(revision);
        }
        List<SeenRevision> more = new ArrayList<>(seen);
        more.add(revision);
        return more;
    }
}
