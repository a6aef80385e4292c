package dev.lastmile.local;

/** A command cannot do its work for a reason outside the program. The message is one line for whoever started it; exit code 2. */
public final class CannotRun extends Exception {

    private static final long serialVersionUID = 1;

    public CannotRun(String message) {
        super(message);
    }

    public CannotRun(String message, Throwable cause) {
        super(message, cause);
    }
}
