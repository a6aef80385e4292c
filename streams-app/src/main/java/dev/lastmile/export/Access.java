package dev.lastmile.export;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Who may see what is served over HTTP.
 *
 * @param tokens who they are; none if everybody who reaches it is an operator
 * @param tls the server's certificate and key; absent if it is not encrypted
 */
public record Access(Tokens tokens, @Nullable SSLContext tls) {

    /** Whoever reaches it sees everything, unencrypted: for this machine alone. */
    public static final Access OPEN = new Access(Tokens.NONE, null);
}
