package dev.lastmile.topology;

/** Why a command is not obeyed. The names are labels of a metric: one once published stays. */
public enum CommandRefusal {
    MALFORMED("it is no command: not JSON, an unknown command or key, or a value that cannot be"),
    TOO_LARGE("it is larger than a command may be"),
    NOT_WATCHED("no policy covers the deployment"),
    WRONG_CARD("its service card does not fit the policy of the deployment"),
    NO_PLAN("the policy has no baseline to learn, and the command does not say from what"),
    RANGE_FORGOTTEN("its range begins before the oldest bucket that is sure to be kept");

    private final String explanation;

    CommandRefusal(String explanation) {
        this.explanation = explanation;
    }

    /** For people, to be read after "because". */
    public String explanation() {
        return explanation;
    }
}
