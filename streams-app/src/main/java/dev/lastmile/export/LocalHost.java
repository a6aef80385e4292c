package dev.lastmile.export;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By which name this machine is asked from itself. A page of the web can have its own name point here and so make a browser read what
 * is served without tokens; the browser then still says that name.
 */
final class LocalHost {

    private static final Pattern NAMES =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    private LocalHost() {}

    /**
     * Whether a request asked this machine.
     *
     * @param host the header of that name; absent from programs of HTTP/1.0, which no browser is
     */
    static boolean isNamedBy(@Nullable String host) {
        return host == null || NAMES.matcher(host).matches();
    }
}
