package dev.lastmile.http;

import java.util.Locale;

/** Why a client was not served. */
public enum Refusal {
    /** There were too many connections, or too much of answers was not taken yet, and this client had been slow for longest. */
    CROWDED_OUT,
    /** Its request, or its handshake, took too long. */
    SLOW_REQUEST,
    /** It took too long to take its answer. */
    SLOW_READER,
    /** Its headers were too many or too long. */
    TOO_LARGE,
    /** What it sent was no request. */
    MALFORMED,
    /** Too many requests were waiting. */
    BUSY;

    /** As it stands in a metric's label. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
