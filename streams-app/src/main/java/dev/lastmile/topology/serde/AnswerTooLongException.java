package dev.lastmile.topology.serde;

import java.io.IOException;

/** The registry answered, status 200, and at such length that nobody reads to the end. */
public final class AnswerTooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param mostBytes that are read
     */
    public AnswerTooLongException(long mostBytes) {
        super("an answer of more than " + mostBytes + " bytes");
    }
}
