package dev.lastmile.http;

import java.time.Duration;

/**
 * What clients may hold at most.
 *
 * @param connections open at once; one more, and another one has to go
 * @param connectionsOfOneAddress open at once from one address of a client
 * @param requestTime from a connection's first byte, or from its being accepted, until its request is there, handshake included
 * @param answerTime for taking an answer
 * @param idleTime between an answer and the next request
 * @param headBytes of a request line and its headers
 * @param headers of one request
 * @param threads that make answers
 * @param queued requests that wait for one of them
 * @param unsentBytes of answers that clients have not taken yet, in all; one answer may be larger
 */
public record Limits(
        int connections,
        int connectionsOfOneAddress,
        Duration requestTime,
        Duration answerTime,
        Duration idleTime,
        int headBytes,
        int headers,
        int threads,
        int queued,
        long unsentBytes) {

    /** For a few people, a few Prometheus servers and whoever looks whether the process lives. */
    public static final Limits DEFAULT = new Limits(
            512,
            384,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            16 << 10,
            64,
            2,
            64,
            64 << 20);

    public Limits {
        if (connections < 1 || connectionsOfOneAddress < 1 || connectionsOfOneAddress > connections) {
            throw new IllegalArgumentException("connectionsOfOneAddress must be in [1, connections]: "
                    + connectionsOfOneAddress + " of " + connections);
        }
        if (threads < 1 || queued < 1 || headers < 1 || unsentBytes < 1) {
            throw new IllegalArgumentException("threads, queued, headers and unsentBytes must be >= 1");
        }
        if (headBytes < 256) {
            throw new IllegalArgumentException("headBytes must be >= 256: " + headBytes);
        }
    }
}
