package dev.lastmile.export;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
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

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    HttpServer server(InetSocketAddress address, int backlog) throws IOException {
        if (tls == null) {
            return HttpServer.create(address, backlog);
        }
        HttpsServer server = HttpsServer.create(address, backlog);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ours = getSSLContext().getDefaultSSLParameters();
                ours.setProtocols(PROTOCOLS);
                parameters.setSSLParameters(ours);
            }
        });
        return server;
    }
}
