package dev.lastmile.local.simulation;

import dev.lastmile.local.CannotRun;

/** What a record refuses in its constructor, as a message for whoever typed the command. */
final class Refused {

    private Refused() {}

    /** Something that may be refused. */
    interface Attempt<T> {
        T make() throws CannotRun;
    }

    /**
     * Makes it.
     *
     * @param option what was typed, to begin the message with; may be empty
     */
    static <T> T orMade(String option, Attempt<T> attempt) throws CannotRun {
        try {
            return attempt.make();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new CannotRun(option.isEmpty() ? message : option + ": " + message, e);
        }
    }
}
