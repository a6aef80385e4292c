package dev.lastmile.join;

import dev.lastmile.event.Answer;

/**
 * A ground truth whose inference is not known yet. Nothing is decided about it before the inference comes, so that its
 * fate does not depend on which of the two came first.
 *
 * @param revision the customer's revision number
 * @param observedAtMs when the truth became known
 * @param truth what would have been right
 * @param contentHash of the truth alone
 * @param appendMs when the broker appended it
 * @param offset where it stands in its topic
 * @param copies how many records said exactly this
 */
public record ParkedTruth(
        int revision, long observedAtMs, Answer truth, long contentHash, long appendMs, long offset, int copies) {

    boolean saysTheSameAs(ParkedTruth other) {
        return revision == other.revision && contentHash == other.contentHash && observedAtMs == other.observedAtMs;
    }

    ParkedTruth oneMore() {
        return new ParkedTruth(revision, observedAtMs, truth, contentHash, appendMs, offset, copies + 1);
    }
}
