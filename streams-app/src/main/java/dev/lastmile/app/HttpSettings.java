package dev.lastmile.app;

import dev.lastmile.export.Access;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where metrics, health, API and page are served, and to whom. Beyond this machine only encrypted, and to those who have a token.
 *
 * @param host a name or address of this machine
 * @param port 1 to 65,535, or 0 for any free one
 * @param tls the server's certificate and key; absent if it is not encrypted
 * @param tokens of those who may ask; none if everybody on this machine may see everything
 * @param healthFile where the process says that it lives, for supervisors without a token; absent if nowhere
 */
public record HttpSettings(
        String host,
        int port,
        @Nullable Tls tls,
        List<TokenFile> tokens,
        @Nullable Path healthFile) {

    static final String DEFAULT_HOST = "127.0.0.1";
    static final int DEFAULT_PORT = 8080;
    private static final Set<String> THIS_MACHINE = Set.of(DEFAULT_HOST, "localhost", "::1");

    public HttpSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be in [0, 65535]: " + port);
        }
        if (!THIS_MACHINE.contains(host) && (tls == null || tokens.isEmpty())) {
            throw new IllegalArgumentException(
                    "host must be one of 127.0.0.1, ::1 and localhost, unless tls and tokens are given: " + host);
        }
        tokens = List.copyOf(tokens);
    }

    /** Where somebody on this machine finds it. */
    URI local() {
        String name = host.equals("0.0.0.0") || host.equals("::") ? DEFAULT_HOST : host;
        return url(name, port);
    }

    /** What it is called. */
    URI url(String name, int actualPort) {
        String scheme = tls == null ? "http" : "https";
        return URI.create(scheme + "://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + actualPort + "/");
    }

    /**
     * Reads certificate, key and tokens.
     *
     * @throws ConfigurationException if one of them cannot be used
     */
    Access access() {
        return new Access(
                TokenFile.read(tokens),
                Optional.ofNullable(tls).map(Tls::context).orElse(null));
    }

    /** A token with which everything is seen; empty where none is configured. */
    Optional<String> operatorToken() {
        return tokens.stream()
                .filter(token -> token.customer() == null)
                .findFirst()
                .map(token -> TextFile.read(token.file()).strip());
    }

    static HttpSettings of(Section section, Path directory) {
        section.only("host", "port", "tls", "tokens", "healthFile");
        String host = section.text("host", DEFAULT_HOST);
        int port = section.small("port", DEFAULT_PORT);
        Tls tls = section.optionalSection("tls")
                .map(its -> Tls.of(its, directory))
                .orElse(null);
        List<TokenFile> tokens = section.has("tokens")
                ? section.sections("tokens").stream()
                        .map(its -> TokenFile.of(its, directory))
                        .toList()
                : List.of();
        Path healthFile =
                section.has("healthFile") ? section.parsed("healthFile", name -> TextFile.in(directory, name)) : null;
        return section.built(() -> new HttpSettings(host, port, tls, tokens, healthFile), "host", "port");
    }
}
