package dev.lastmile.faults.fuzz.run;

/** A promise that did not hold for an input. */
public final class Finding extends Exception {

    private static final long serialVersionUID = 1;

    /** Says which one, and what was instead. */
    public Finding(String message) {
        super(message);
    }
}
