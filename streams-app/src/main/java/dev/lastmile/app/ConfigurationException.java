package dev.lastmile.app;

/**
 * Settings with which the monitor must not start. The message is one line for whoever wrote them:
 * {@code config.yaml: deployments[1].detection.margin: must be in [0, 1): 7}.
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Longer than any message should be: what is wrong may be a value of megabytes. */
    private static final int LONGEST = 2_000;

    /**
     * One problem of one key.
     *
     * @param source the file, or the environment variable that overrides it
     * @param path the key's path; empty for the file as a whole
     * @param problem what is wrong, and the value if it is no secret
     */
    public ConfigurationException(String source, String path, String problem) {
        super(line(source + ": " + (path.isEmpty() ? "" : path + ": ") + problem));
    }

    /** Keys and values may hold line breaks, and what a terminal obeys. */
    private static String line(String message) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (line.length() >= LONGEST) {
                return line.append('…').toString();
            }
            line.append(isShown(c) ? c : ' ');
        }
        return line.toString();
    }

    private static boolean isShown(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
