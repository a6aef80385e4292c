package dev.lastmile.export;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics, health, the JSON API and the page over HTTP. Read only: GET and HEAD.
 *
 * <p>Bounded on purpose: {@value #THREADS} threads, {@value #QUEUED} requests waiting, answers held whole and limited by
 * what makes them. How long a client may take is a matter of the JDK server's system properties, which whoever starts
 * this sets before.
 */
public final class HttpApi implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
    private static final int THREADS = 8;
    private static final int QUEUED = 64;
    private static final int BACKLOG = 128;
    /** Below this, compressing costs more than it saves. */
    private static final int WORTH_COMPRESSING_BYTES = 1024;

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final HttpServer server;
    private final ThreadPoolExecutor executor;
    private final Routes routes;

    private HttpApi(HttpServer server, Routes routes) {
        this.server = server;
        this.routes = routes;
        AtomicInteger number = new AtomicInteger();
        // A request that finds the queue full is dropped: its connection is closed when its time for asking is over.
        this.executor = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(QUEUED),
                task -> {
                    Thread thread = new Thread(task, "http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Binds and starts serving.
     *
     * @param address where; port 0 takes a free one
     * @param snapshots what is shown
     * @param readiness whether the process does its work, asked at every request that depends on it
     * @param registry what {@code /metrics} exposes
     * @param access who may see it, and how it is encrypted
     * @throws IOException if the address cannot be bound
     */
    public static HttpApi start(
            InetSocketAddress address,
            SnapshotSource snapshots,
            Supplier<Readiness> readiness,
            CollectorRegistry registry,
            Access access)
            throws IOException {
        HttpApi api = new HttpApi(
                access.server(address, BACKLOG), new Routes(snapshots, readiness, registry, access.tokens()));
        api.server.createContext("/", api::handle);
        api.server.setExecutor(api.executor);
        api.server.start();
        return api;
    }

    /** Where it listens; never port 0. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Stops at once; requests under way are cut off. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (method.equals("GET") || method.equals("HEAD")) {
                send(exchange, answer(exchange), method.equals("HEAD"));
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, Response.text(405, "method not allowed"), false);
            }
        }
    }

    private Response answer(HttpExchange exchange) {
        URI asked = exchange.getRequestURI();
        try {
            return routes.answer(
                    asked.getRawPath(),
                    asked.getRawQuery(),
                    exchange.getRequestHeaders().getFirst("Authorization"));
        } catch (RuntimeException e) {
            // A fault in showing must not end the thread, nor look like an answer; the path may hold a customer's text.
            LOG.atError().setCause(e).log("Answering a request failed");
            return Response.text(500, "internal error");
        }
    }

    private static void send(HttpExchange exchange, Response response, boolean headersOnly) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.contentType());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Vary", "Accept-Encoding");
        response.headers().forEach(headers::set);
        byte[] body = response.body();
        if (body.length >= WORTH_COMPRESSING_BYTES && acceptsGzip(exchange.getRequestHeaders())) {
            headers.set("Content-Encoding", "gzip");
            body = compressed(body);
        }
        if (headersOnly) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(response.status(), -1);
        } else {
            exchange.sendResponseHeaders(response.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static boolean acceptsGzip(Headers headers) {
        String accepted = headers.getFirst("Accept-Encoding");
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
