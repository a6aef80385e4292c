package dev.lastmile.local;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** A command cannot do its work for a reason outside the program. The message is one line for whoever started it; exit code 2. */
public final class CannotRun extends Exception {

    private static final long serialVersionUID = 1;

    public CannotRun(String message) {
        super(message);
    }

    public CannotRun(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * A file that could not be opened, read or written. The exceptions of file systems often say no more than the name.
     *
     * @param what was to be done with which file, for example {@code cannot read i.csv}
     */
    public static CannotRun at(String what, Exception cause) {
        return new CannotRun(what + ": " + reason(cause), cause);
    }

    private static String reason(Exception cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return String.valueOf(cause.getMessage());
    }
}
