package dev.lastmile.app;

/**
 * Settings with which the monitor must not start. The message is one line for whoever wrote them:
 * {@code config.yaml: deployments[1].detection.margin: must be in [0, 1): 7}.
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * One problem of one key.
     *
     * @param source the file, or the environment variable that overrides it
     * @param path the key's path; empty for the file as a whole
     * @param problem what is wrong, and the value if it is no secret
     */
    public ConfigurationException(String source, String path, String problem) {
        super(source + ": " + (path.isEmpty() ? "" : path + ": ") + problem);
    }
}
