package dev.lastmile.topology.serde;

/** State, or a message between the stages, in a format that this release does not know: guessing at it would corrupt it silently. */
public final class ForeignStateException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * @param what is not as it should be, in a few words
     */
    public ForeignStateException(String what) {
        super(what + ": the state was written by another release, reset it or run that release");
    }
}
