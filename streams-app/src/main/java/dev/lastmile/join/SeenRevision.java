package dev.lastmile.join;

/**
 * A revision that was judged for an inference, kept to tell duplicates from conflicts.
 *
 * @param revision the customer's revision number
 * @param contentHash of the truth
 * @param refused whether it is in the dead letters: then it does not stand in the way of another of its revision
 */
public record SeenRevision(int revision, long contentHash, boolean refused) {

    /** Whether a truth of this revision and content has to be judged no more. */
    boolean decides(int otherRevision, long otherContentHash) {
        return revision == otherRevision && (!refused || contentHash == otherContentHash);
    }
}
