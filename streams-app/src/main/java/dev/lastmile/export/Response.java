package dev.lastmile.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is answered to one request, before it is compressed or cut down to its headers. */
final class Response {

    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final int status;
    private final String contentType;
    private final Map<String, String> headers;
    private final byte[] body;

    Response(int status, String contentType, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    /** An answer that is out of date as soon as it is given. */
    static Response of(int status, String contentType, byte[] body) {
        return new Response(status, contentType, Map.of("Cache-Control", "no-store"), body);
    }

    static Response json(int status, JsonNode node) {
        return of(status, JSON, ApiViews.bytes(node));
    }

    static Response text(int status, String text) {
        return of(status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The same, and the client may try again after so many seconds. */
    Response retryAfter(int seconds) {
        return with("Retry-After", Integer.toString(seconds));
    }

    /** The same, and a browser asks its user for a token. */
    Response challenging() {
        return with("WWW-Authenticate", "Basic realm=\"lastmile\", charset=\"UTF-8\"");
    }

    /** The same, and says by which methods it may be asked. */
    Response allowing(String methods) {
        return with("Allow", methods);
    }

    private Response with(String header, String value) {
        return new Response(status, contentType, Map.of("Cache-Control", "no-store", header, value), body);
    }

    int status() {
        return status;
    }

    /** With its character set. */
    String contentType() {
        return contentType;
    }

    /** Headers besides the content's. */
    Map<String, String> headers() {
        return headers;
    }

    /** All of it: the largest is an exposition, which has a limit. Not to be changed. */
    byte[] body() {
        return body;
    }
}
