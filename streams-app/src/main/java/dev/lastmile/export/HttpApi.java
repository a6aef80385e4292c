package dev.lastmile.export;

import dev.lastmile.http.Answer;
import dev.lastmile.http.BoundedServer;
import dev.lastmile.http.Handler;
import dev.lastmile.http.Limits;
import dev.lastmile.http.Refusals;
import dev.lastmile.http.Request;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Metrics, health, the JSON API and the page over HTTP. Read only: GET and HEAD.
 *
 * <p>Bounded on purpose: {@link Limits#DEFAULT} says what clients may hold. Answers are made whole and are limited by what makes
 * them; whether the process lives is answered beside all else.
 */
public final class HttpApi implements AutoCloseable {

    /** Below this, compressing costs more than it saves. */
    private static final int WORTH_COMPRESSING_BYTES = 1024;

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "Referrer-Policy", "no-referrer",
            "Vary", "Accept-Encoding");

    private final BoundedServer server;

    private HttpApi(BoundedServer server) {
        this.server = server;
    }

    /**
     * Binds and starts serving.
     *
     * @param address where; port 0 takes a free one
     * @param publications what is shown
     * @param readiness whether the process does its work, asked at every request that depends on it
     * @param registry what {@code /metrics} exposes
     * @param access who may see it, and how it is encrypted
     * @param refusals where it is counted who is not served
     * @param nanoTime as {@link System#nanoTime}
     * @throws IOException if the address cannot be bound
     */
    public static HttpApi start(
            InetSocketAddress address,
            Publications publications,
            Supplier<Readiness> readiness,
            CollectorRegistry registry,
            Access access,
            Refusals refusals,
            LongSupplier nanoTime)
            throws IOException {
        Routes routes = new Routes(publications, readiness, new FreshExposition(registry, nanoTime), access.tokens());
        return new HttpApi(BoundedServer.start(
                address, access.tls(), Limits.DEFAULT, ALWAYS, new Answers(routes), refusals, nanoTime));
    }

    /** Where it listens; never port 0. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Connections that are open. */
    public int openConnections() {
        return server.openConnections();
    }

    /** Stops at once; requests under way are cut off. */
    @Override
    public void close() {
        server.close();
    }

    /** From a request to what is sent. */
    private record Answers(Routes routes) implements Handler {

        @Override
        public Optional<Answer> atOnce(Request request) {
            return isReading(request) && request.path().equals(Routes.LIVENESS)
                    ? Optional.of(answerOf(Routes.live()))
                    : Optional.empty();
        }

        @Override
        public Answer answer(Request request) {
            if (!isReading(request)) {
                return answerOf(Response.text(405, "method not allowed").allowing("GET, HEAD"));
            }
            Response response = routes.answer(request);
            return response.body().length >= WORTH_COMPRESSING_BYTES && acceptsGzip(request.header("Accept-Encoding"))
                    ? answerOf(response, Map.of("Content-Encoding", "gzip"), compressed(response.body()))
                    : answerOf(response);
        }

        private static boolean isReading(Request request) {
            return request.method().equals("GET") || request.method().equals("HEAD");
        }
    }

    private static Answer answerOf(Response response) {
        return answerOf(response, Map.of(), response.body());
    }

    private static Answer answerOf(Response response, Map<String, String> more, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", response.contentType());
        headers.putAll(response.headers());
        headers.putAll(more);
        return new Answer(response.status(), headers, body);
    }

    private static boolean acceptsGzip(@Nullable String accepted) {
        if (accepted == null) {
            return false;
        }
        for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = coding.strip().split("\\s*;\\s*q=", 2);
            if (parts[0].equals("gzip")) {
                return parts.length == 1 || !parts[1].matches("0(\\.0*)?");
            }
        }
        return false;
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
