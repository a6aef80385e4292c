package dev.lastmile.app;

/**
 * How a run ends.
 *
 * @param exitCode of the process
 * @param line why, in one line
 */
public record End(int exitCode, String line) {

    /** It was asked to. */
    public static final int OK = 0;

    /** Something went wrong that a restart may mend. */
    public static final int FAILED = 1;

    /** Somebody has to change a setting. */
    public static final int BAD_CONFIGURATION = 2;

    /** What began it. */
    static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    /** What an exception says; its name where it says nothing. */
    static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        Throwable cause = failure.getCause();
        if (message != null && !message.isBlank()) {
            return oneLine(message);
        }
        return cause == null ? failure.getClass().getSimpleName() : oneLine(cause);
    }

    /** A message of another library as one line. */
    static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
