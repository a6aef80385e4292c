package dev.lastmile.http;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks, without a body: one that is sent is not read.
 *
 * @param method as sent
 * @param path as sent, still percent-encoded
 * @param query what followed a question mark; absent without one
 * @param headers the first of each name, by names in small letters
 */
public record Request(String method, String path, @Nullable String query, Map<String, String> headers) {

    public Request {
        headers = Map.copyOf(headers);
    }

    /** A header's value, absent without one; its name in any letters. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }
}
