package dev.lastmile.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a client gets. Immutable, if nobody changes the body. */
public final class Answer {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * @param status such as 200
     * @param headers without those that say how long the body is or what becomes of the connection
     * @param body all of it
     */
    public Answer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    static Answer text(int status, String text) {
        return new Answer(
                status,
                Map.of("Content-Type", "text/plain; charset=utf-8", "Cache-Control", "no-store"),
                (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
