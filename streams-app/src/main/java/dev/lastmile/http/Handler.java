package dev.lastmile.http;

import java.util.Optional;

/** Makes answers. */
public interface Handler {

    /**
     * What needs no thought, asked on a thread that serves connections: an answer for which nobody has to wait, however
     * many requests there are. Empty for everything else.
     */
    Optional<Answer> atOnce(Request request);

    /** All else; may be asked by several threads at once. */
    Answer answer(Request request);
}
