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

    /** A message of another library as one line. */
    static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
