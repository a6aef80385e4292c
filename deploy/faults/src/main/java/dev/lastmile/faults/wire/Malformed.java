package dev.lastmile.faults.wire;

/** Bytes that are no event. */
public final class Malformed extends Exception {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** The reason that a dead letter about them must give. */
    public enum Reason {
        NULL_VALUE,
        BAD_FRAME,
        BAD_AVRO
    }

    Malformed(Reason reason, String message) {
        super(reason + ": " + message);
        this.reason = reason;
    }

    /** The reason that a dead letter about them must give. */
    public Reason reason() {
        return reason;
    }
}
